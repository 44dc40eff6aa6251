"use client";

import type { CreatedKey } from "../../lib/contracts/tenants.ts";
import { environment } from "../playground/snippets.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { DialogActions } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import type { ShownFace } from "../ui/shown-once-dialog.tsx";

/** How a dialog shows a new key and the environment variables that put it to use. `after`: what is to be known of it besides. */
export function shownKey(gatewayUrl: string, after: string) {
  return (created: CreatedKey, onDone: () => void): ShownFace => ({
    title: `Copy the key ${created.key.name}`,
    description: `It is shown this once. ${after}`,
    content: <ShownOnceKey created={created} gatewayUrl={gatewayUrl} onDone={onDone} />,
    className: "max-w-2xl",
  });
}

type ShownOnceKeyProps = { created: CreatedKey; gatewayUrl: string; onDone: () => void };

function ShownOnceKey({ created, gatewayUrl, onDone }: ShownOnceKeyProps) {
  const { key, secret } = created;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <h3 className="font-medium text-sm">Key</h3>
        <CodeBlock code={secret} what="key" />
      </div>
      {key.kind === "gateway" ? (
        <div className="flex flex-col gap-1.5">
          <h3 className="font-medium text-sm">Environment variables</h3>
          <CodeBlock code={environment({ gatewayUrl, key: secret })} what="environment variables" />
          <Notice>
            Every current OpenAI client reads <code className="font-mono">OPENAI_BASE_URL</code>;{" "}
            <code className="font-mono">OPENAI_API_BASE</code> is ignored.
          </Notice>
        </div>
      ) : null}
      <DialogActions>
        <Button look="primary" onClick={onDone}>
          I have stored it
        </Button>
      </DialogActions>
    </div>
  );
}

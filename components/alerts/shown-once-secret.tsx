"use client";

import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { DialogActions } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";

/** What messages are signed with, for the receiver to verify them by. Held by this component alone. */
export function ShownOnceSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <h3 className="font-medium text-sm">Secret</h3>
        <CodeBlock code={secret} what="secret" />
      </div>
      <Notice>
        Give it to the receiver, and have it refuse what is not signed with it: anybody who knows the address
        can send there. How to verify a message is in <code className="font-mono">docs/alerts.md</code>.
      </Notice>
      <DialogActions>
        <Button look="primary" onClick={onDone}>
          I have stored it
        </Button>
      </DialogActions>
    </div>
  );
}

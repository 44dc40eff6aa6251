"use client";

import { useState } from "react";
import { CodeBlock } from "../ui/code-block.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { type Snippet, type SnippetInput, snippets } from "./snippets.ts";

/** The same call from one's own code: only address and key change. */
export function UseInCode(props: Omit<SnippetInput, "key">) {
  const [shown, setShown] = useState<Snippet["id"]>("curl");
  const all = snippets({ ...props, key: "dom_…" });
  return (
    <Section
      note="Any OpenAI client works unchanged: only the base URL and the key are Domicile's. Make a key under Settings, Tenants."
      title="Use it in your code"
    >
      <div className="flex flex-col gap-3 p-4 pt-2">
        <Tabs
          label="Client"
          onValueChange={setShown}
          tabs={all.map(({ id, title, code }) => ({
            id,
            title,
            content: <CodeBlock code={code} what={`${title} snippet`} />,
          }))}
          value={shown}
        />
        <Notice tone="outside">
          Set <code className="font-mono">OPENAI_BASE_URL</code>. Today's OpenAI clients ignore{" "}
          <code className="font-mono">OPENAI_API_BASE</code>: whoever sets that one sends to the global
          endpoint without noticing.
        </Notice>
      </div>
    </Section>
  );
}

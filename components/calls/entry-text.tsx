import { CodeBlock } from "../ui/code-block.tsx";

/** The entry as people read it: the same members and values, on lines of their own. */
export function EntryText({ text }: { text: string }) {
  return (
    <details className="text-sm">
      <summary className="w-fit text-muted hover:text-ink">What the entry says</summary>
      <div className="mt-2 flex flex-col gap-1.5">
        <CodeBlock className="max-h-96 overflow-y-auto" code={indented(text)} what="entry" />
        <p className="text-faint text-xs">
          What is hashed is the same on one line, without the spaces. What speaks of a person stands in it as
          a commitment only.
        </p>
      </div>
    </details>
  );
}

/** trust: the bytes may be anything; what is no JSON is shown as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

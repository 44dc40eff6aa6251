"use client";

import { Check, Copy } from "lucide-react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { useCopy } from "./use-copy.ts";

export type CodeBlockProps = {
  /** What it is, for the copy button's name: "curl command". */
  what: string;
  code: string;
  className?: string;
};

/** Lines to take away, copied whole by the button. Long lines scroll inside. */
export function CodeBlock({ what, code, className }: CodeBlockProps) {
  const { copied, copy } = useCopy(code);
  return (
    <div className={cn("flex items-start rounded-md border bg-sunken", className)}>
      <CodeLines code={code} what={what} />
      <Button
        aria-label={copied ? `Copied ${what}` : `Copy ${what}`}
        className="m-1.5 shrink-0 print:hidden"
        look="quiet"
        onClick={copy}
        size="sm"
      >
        {copied ? <Check aria-hidden="true" className="text-in-region-ink" /> : <Copy aria-hidden="true" />}
        <span className="max-sm:sr-only">{copied ? "Copied" : "Copy"}</span>
      </Button>
    </div>
  );
}

function CodeLines({ what, code }: { what: string; code: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section aria-label={what} className="min-w-0 flex-1 overflow-x-auto p-3" tabIndex={0}>
      <pre className="font-mono text-xs leading-5">
        <code>{code}</code>
      </pre>
    </section>
  );
}

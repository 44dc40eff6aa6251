import Link from "next/link";
import { trustRootHref } from "../../lib/contracts/ledger-parsers.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Section } from "../ui/section.tsx";

/** How whoever gets a pack checks it. */
export function VerifyHint() {
  return (
    <Section note="Whoever gets a pack needs nothing of ours but the trust root." title="Verify a pack">
      <div className="flex flex-col gap-3 p-4 text-sm">
        <p className="max-w-prose text-muted">
          The trust root has to reach the reader by another way than the pack: on the phone, on paper, in a
          contract. Without it no check ends better than "unverifiable". An intact record says nothing about
          compliance. The program is one file, offered on the page that verifies in the browser.
        </p>
        <CodeBlock code="node domicile-verify.mjs PACK.zip --trust trust-root.json" what="command" />
        <div className="flex flex-wrap gap-2 print:hidden">
          <Button asChild>
            <Link href="/verify">Verify in the browser</Link>
          </Button>
          <Button asChild>
            <a download href={trustRootHref}>
              Download trust-root.json
            </a>
          </Button>
        </div>
      </div>
    </Section>
  );
}

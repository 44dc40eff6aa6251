import { Download } from "lucide-react";
import { type VerifierFile, verifierHref } from "../../lib/contracts/verify.ts";
import { Fingerprint } from "../ledger/fingerprint.tsx";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";

/** The same verifier as one file, for who trusts no page of ours. */
export function VerifierDownload({ file }: { file: VerifierFile | null }) {
  return (
    <Section
      note="The same checks, as one file for Node 22 or newer. It has no other parts."
      title="Without this page"
    >
      <div className="flex flex-col gap-3 p-4 text-sm">
        <p className="max-w-2xl text-muted">
          A page from the deployment that wrote the pack proves little to who doubts that deployment. Take the
          file, compare its fingerprint by another way, and run it on a machine of yours. Or write your own:
          the form is documented.
        </p>
        <CodeBlock code="node domicile-verify.mjs PACK.zip --trust trust-root.json" what="command" />
        {file === null ? (
          <p className="text-muted">
            This deployment has not built the file yet. It is built with the pages.
          </p>
        ) : (
          <>
            <div>
              <p className="text-faint text-xs">
                SHA-256 of domicile-verify.mjs, {formatCount(file.bytes)} bytes
              </p>
              <Fingerprint hex={file.sha256} />
            </div>
            <Button asChild className="w-fit">
              <a download href={verifierHref}>
                <Download aria-hidden="true" />
                Download domicile-verify.mjs
              </a>
            </Button>
          </>
        )}
      </div>
    </Section>
  );
}

import { Download } from "lucide-react";
import type { TrustRootSummary } from "../../lib/contracts/ledger.ts";
import { trustRootHref } from "../../lib/contracts/ledger-parsers.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { Fingerprint } from "./fingerprint.tsx";

/** The keys everything is checked against, and why they must not come from here alone. */
export function TrustRootSection({ trustRoot }: { trustRoot: TrustRootSummary | null }) {
  return (
    <Section note="The keys of every log, for checking without us." title="Trust root">
      {trustRoot === null ? (
        <Empty className="py-4" kind="no-data" title="None has been published yet">
          The signer publishes it when it first starts. Without it a proof can be read, but the best a check
          can say is "unverifiable".
        </Empty>
      ) : (
        <div className="flex flex-col gap-3 p-4 text-sm">
          <div>
            <p className="text-faint text-xs">Fingerprint of version {trustRoot.version}</p>
            <Fingerprint hex={trustRoot.fingerprint} />
          </div>
          <p className="text-muted">
            Published <Time at={trustRoot.at} />; it changes with every new log and key. Keep a copy, and
            compare the fingerprint with whoever runs this deployment by a way that does not lead through it:
            on the phone, on paper, in a contract. A trust root from the same place as the proof proves
            nothing to somebody who doubts that place.
          </p>
          <Button asChild className="w-fit">
            <a download href={trustRootHref}>
              <Download aria-hidden="true" />
              Download trust-root.json
            </a>
          </Button>
        </div>
      )}
    </Section>
  );
}

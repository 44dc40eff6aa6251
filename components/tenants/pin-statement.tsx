import type { PinSummary } from "../../lib/contracts/tenants.ts";
import { regionName } from "../ui/region-name.tsx";
import { Time } from "../ui/time.tsx";

const kindWords: Readonly<Record<PinSummary["kind"], string>> = {
  processing: "Processing and storage in",
  storage_only: "Storage only in",
  global: "A global project: bound to no region",
  unknown: "Not known",
};

const sourceWords: Readonly<Record<PinSummary["source"], string>> = {
  admin_api: "read from OpenAI's admin API",
  probe: "probed",
  attestation: "attested",
  none: "nobody said",
};

/** What the project behind a provider key is bound to, and how that is known. */
export function PinStatement({ pin }: { pin: PinSummary }) {
  const { kind, region, source, since, attestedBy, statement, recordedBy } = pin;
  if (kind === "unknown" && source === "none")
    return (
      <span className="text-unverifiable-ink">
        Not known. What is stored with this key stays not verifiable.
      </span>
    );
  return (
    <div className="flex flex-col gap-0.5">
      <p className={kind === "unknown" ? "text-unverifiable-ink" : undefined}>
        {kindWords[kind]}
        {region === null ? null : ` ${regionName(region)}`}
      </p>
      <p className="text-muted text-xs">
        {sourceWords[source]}
        {attestedBy === null ? null : ` by ${attestedBy}`}
        {since === null ? null : (
          <>
            {" "}
            on <Time at={since} />
          </>
        )}
        {statement ? `: ${statement}` : null}
        {recordedBy === null ? null : ` (recorded by ${recordedBy})`}
      </p>
    </div>
  );
}

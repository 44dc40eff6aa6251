import type { PinSummary } from "../../lib/contracts/tenants.ts";
import { pinKindWords, pinSourceWords } from "../../lib/core/policies/pin-words.ts";
import { regionName } from "../ui/region-name.tsx";
import { Time } from "../ui/time.tsx";

/** What the project behind a provider key is bound to, and how that is known. */
export function PinStatement({ pin }: { pin: PinSummary }) {
  const { kind, source, since, attestedBy, statement, recordedBy, overrides } = pin;
  if (kind === "unknown" && source === "none")
    return (
      <span className="text-unverifiable-ink">
        Not known. What is stored with this key stays not verifiable.
      </span>
    );
  return (
    <div className="flex flex-col gap-0.5">
      <p className={kind === "unknown" ? "text-unverifiable-ink" : undefined}>{describeBond(pin)}</p>
      <p className="text-muted text-xs">
        {pinSourceWords[source]}
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
      {overrides === null ? null : (
        <p className="text-unverifiable-ink text-xs">
          OpenAI's admin API says otherwise: {describeBond(overrides)}, as of <Time at={overrides.statedAt} />
          . The later word counts.
        </p>
      )}
    </div>
  );
}

/** What a project is bound to, in words. */
export function describeBond({ kind, region }: Pick<PinSummary, "kind" | "region">): string {
  return region === null ? pinKindWords[kind] : `${pinKindWords[kind]} ${regionName(region)}`;
}

import { type ClaimEvidence, type LocationClaim, locationClaims } from "../../lib/core/calls/evidence.ts";
import { cn } from "../ui/cn.ts";
import { claimWords, gradeWords } from "./evidence-words.ts";
import { GradeMark } from "./grade-mark.tsx";
import { placeWords } from "./place-words.ts";

/** Every location claim with its value, its grade and how we know. Unknown stays unknown. */
export function EvidenceLadder({ claims }: { claims: readonly ClaimEvidence[] }) {
  const ordered = locationClaims.flatMap((claim) => claims.filter((one) => one.claim === claim));
  if (ordered.length === 0) {
    return <p className="text-muted">No location claim was made: nothing that has a place was sent.</p>;
  }
  return (
    <ol className="divide-y divide-line rounded-md border">
      {ordered.map(({ claim, value, grade, source }) => (
        <li
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1 px-3 py-2.5 sm:grid-cols-[9rem_minmax(0,1fr)_auto]"
          key={claim}
        >
          <div className="max-sm:order-1">
            <p className="font-medium text-sm">{claimWords[claim].title}</p>
            <p className="text-faint text-xs">{claimWords[claim].asks}</p>
          </div>
          <div className="min-w-0 max-sm:order-3 max-sm:col-span-2">
            <p
              className={cn(
                "inline-flex items-center gap-1.5 font-medium text-sm",
                isOpen(claim, value) && "text-unverifiable-ink",
                value === "undetermined" && !isOpen(claim, value) && "text-muted",
              )}
            >
              {isOpen(claim, value) ? (
                <span aria-hidden="true" className="band-unverifiable size-2.5 rounded-xs" />
              ) : null}
              {placeWords(value)}
            </p>
            <p className="text-muted text-xs">{source}</p>
          </div>
          <span className="max-sm:order-2">
            <GradeMark grade={grade} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Undetermined where it could be otherwise: system data is outside residency for every call. */
function isOpen(claim: LocationClaim, value: ClaimEvidence["value"]): boolean {
  return value === "undetermined" && claim !== "system_data";
}

/** What each grade says and what it does not say. */
export function GradeKey() {
  return (
    <details className="text-sm">
      <summary className="w-fit text-muted hover:text-ink">What the grades say</summary>
      <dl className="mt-2 flex flex-col gap-2">
        {(["A", "B", "C", "D", "E"] as const).map((grade) => (
          <div className="flex gap-3" key={grade}>
            <dt className="shrink-0">
              <GradeMark grade={grade} />
            </dt>
            <dd className="text-muted text-xs">
              <span className="text-ink">{gradeWords[grade].source}.</span> {gradeWords[grade].says}{" "}
              <span className="text-faint">Does not say: {gradeWords[grade].doesNotSay}</span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

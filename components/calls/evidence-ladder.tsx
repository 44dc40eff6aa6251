import { type ClaimEvidence, locationClaims } from "../../lib/core/calls/evidence.ts";
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
      {ordered.map((claim) => (
        <li className="grid grid-cols-[6.5rem_1fr_auto] gap-x-3 px-3 py-2.5" key={claim.claim}>
          <div>
            <p className="font-medium text-sm">{claimWords[claim.claim].title}</p>
          </div>
          <div className="min-w-0">
            <p className={cn("text-sm", claim.value === "undetermined" && "text-unverifiable-ink")}>
              {placeWords(claim.value)}
            </p>
            <p className="text-muted text-xs">{claim.source}</p>
            <p className="text-faint text-xs">{claimWords[claim.claim].asks}</p>
          </div>
          <GradeMark grade={claim.grade} />
        </li>
      ))}
    </ol>
  );
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

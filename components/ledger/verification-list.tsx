import { CircleCheck, CircleDashed, TriangleAlert } from "lucide-react";
import type { LogDetail, Verification } from "../../lib/contracts/ledger.ts";
import { Badge } from "../ui/badge.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { since } from "./log-sentence.tsx";
import { partWords } from "./log-words.ts";

/** Both halves of the full check, of each epoch: who made it, when, how far it went, what it found. */
export function VerificationList({ log }: { log: LogDetail }) {
  const { epochs, verifications, asOf } = log;
  // Before the first entry there is no epoch.
  const listed = epochs.length === 0 ? [null] : epochs.map(({ epoch }) => epoch);
  return (
    <ul className="divide-y divide-line">
      {listed.flatMap((epoch) =>
        (["tree", "rows"] as const).map((part) => {
          const found = verifications.find((each) => each.part === part && each.epoch === epoch);
          return (
            <li className="flex flex-col gap-1 px-4 py-3" key={`${epoch} ${part}`}>
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <h3 className="font-medium text-sm">
                  {listed.length > 1 ? `Epoch ${epoch}: ` : null}
                  {partWords[part].title}{" "}
                  <span className="font-normal text-faint">· {partWords[part].by}</span>
                </h3>
                <Result found={found} />
              </div>
              <Found asOf={asOf} found={found} part={part} />
            </li>
          );
        }),
      )}
    </ul>
  );
}

function Result({ found }: { found: Verification | undefined }) {
  if (found === undefined)
    return (
      <Badge>
        <CircleDashed aria-hidden="true" />
        Not made yet
      </Badge>
    );
  return found.intact ? (
    <Badge tone="in_region">
      <CircleCheck aria-hidden="true" />
      No difference
    </Badge>
  ) : (
    <Badge tone="outside">
      <TriangleAlert aria-hidden="true" />
      Difference found
    </Badge>
  );
}

type FoundProps = { part: Verification["part"]; found: Verification | undefined; asOf: string };

function Found({ part, found, asOf }: FoundProps) {
  if (found === undefined) return <p className="text-muted text-sm">{partWords[part].covers}</p>;
  return (
    <>
      <p className="break-words text-sm">{found.sentence}</p>
      {found.intact || found.found.length < 2 ? null : (
        <details className="text-sm">
          <summary className="w-fit text-muted hover:text-ink">
            {found.differences > found.found.length
              ? `The first ${found.found.length} of ${formatNoun(found.differences, "difference")}`
              : `All ${formatNoun(found.found.length, "difference")}`}
          </summary>
          <ol className="mt-1 list-decimal pl-6">
            {found.found.map((words) => (
              <li className="break-words" key={words}>
                {words}
              </li>
            ))}
          </ol>
        </details>
      )}
      <p className="text-faint text-xs">
        <Time at={found.at} precision="second" />, {since(found.at, asOf)} ago
        {found.entries === null ? null : ` · ${formatNoun(found.entries, "entry", "entries")}`} ·{" "}
        {partWords[part].covers}
      </p>
    </>
  );
}

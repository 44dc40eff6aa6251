import type { SignerStatement } from "../../lib/contracts/ledger.ts";
import { statementsShown } from "../../lib/contracts/ledger.ts";
import { cn } from "../ui/cn.ts";
import { Empty } from "../ui/empty.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { grave, statementWords } from "./log-words.ts";

/** What the signer said of this log. Inserted once, never changed. */
export function StatementList({ statements }: { statements: readonly SignerStatement[] }) {
  if (statements.length === 0)
    return (
      <Empty className="py-4" kind="no-data" title="It has said nothing yet">
        It speaks when it starts, finds a difference, freezes or releases a log, changes a key, or ends a full
        check.
      </Empty>
    );
  return (
    <>
      <ol className="max-h-120 divide-y divide-line overflow-y-auto">
        {statements.map(({ id, at, kind, epoch, atIndex, sentence }) => (
          <li className="flex flex-col gap-0.5 px-4 py-2.5" key={id}>
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className={cn("font-medium text-sm", grave.has(kind) && "text-outside-ink")}>
                {statementWords[kind]}
              </span>
              <Time at={at} className="text-faint text-xs" precision="second" />
            </p>
            <p className="break-words text-muted text-sm">{sentence}</p>
            {epoch === null && atIndex === null ? null : (
              <p className="text-faint text-xs">
                {[
                  epoch === null ? null : `Epoch ${epoch}`,
                  atIndex === null ? null : `entry ${formatCount(atIndex)}`,
                ]
                  .filter(Boolean)
                  .join(", ")}
              </p>
            )}
          </li>
        ))}
      </ol>
      {statements.length < statementsShown ? null : (
        <p className="border-t px-4 py-2 text-faint text-xs">
          The newest {statementsShown}. Older ones are in the log itself.
        </p>
      )}
    </>
  );
}

import type { LogDetail } from "../../lib/contracts/ledger.ts";
import { Notice } from "../ui/notice.tsx";
import { logWords } from "./log-words.ts";

/** What is wrong with this log, what follows from it, and what to do. Nothing where nothing is to be done. */
export function LogNotice({ log }: { log: LogDetail }) {
  const { means, remedy } = logWords[log.state];
  if (means === null) return null;
  return (
    <Notice tone={log.state === "frozen" || log.state === "failed" ? "outside" : "doubt"}>
      <div className="flex max-w-4xl flex-col gap-2 text-base">
        {log.reason === null ? null : (
          <p>
            <span className="font-medium">What was found.</span> {log.reason}
          </p>
        )}
        <p>
          <span className="font-medium">What it means.</span> {means}
        </p>
        <p>
          <span className="font-medium">What to do.</span> {remedy}
        </p>
      </div>
    </Notice>
  );
}

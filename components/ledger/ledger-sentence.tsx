import type { LedgerOverview, LogSummary } from "../../lib/contracts/ledger.ts";
import { formatNoun } from "../ui/format-number.ts";
import { logWords } from "./log-words.ts";

/** Are the records whole? Over several logs: the gravest first, then the sums. */
export function LedgerSentence({ ledger }: { ledger: LedgerOverview }) {
  const { logs } = ledger;
  const entries = logs.reduce((sum, log) => sum + log.entries, 0);
  const waiting = logs.reduce((sum, log) => sum + log.waiting, 0);
  return (
    <div className="flex flex-col gap-0.5">
      <p className="text-ink text-md" data-testid="ledger-answer">
        <LedgerAnswer logs={logs} />
      </p>
      <p>
        {formatNoun(logs.length, "log")} · {formatNoun(entries, "entry", "entries")} ·{" "}
        {waiting === 0
          ? "none waits for a signature"
          : `${formatNoun(waiting, "entry", "entries")} not yet signed`}
      </p>
    </div>
  );
}

/** One sentence about several logs, in the words of the gravest state among them. */
export function LedgerAnswer({ logs }: { logs: readonly LogSummary[] }) {
  const inState = (state: LogSummary["state"]) => logs.filter((log) => log.state === state);
  for (const state of ["frozen", "failed"] as const) {
    const found = inState(state);
    if (found.length === 0) continue;
    const { icon: Icon } = logWords[state];
    return (
      <>
        <span className="font-semibold text-outside-ink">
          <Icon aria-hidden="true" className="mr-1 inline size-4 -translate-y-px" />
          {state === "frozen"
            ? `${formatNoun(found.length, "log")} ${found.length === 1 ? "is" : "are"} frozen`
            : `A full check found a difference in ${formatNoun(found.length, "log")}`}
        </span>
        : {names(found)}.
      </>
    );
  }
  for (const state of ["sealed", "silent", "unsigned"] as const) {
    const found = inState(state);
    if (found.length === 0) continue;
    const { icon: Icon } = logWords[state];
    return (
      <>
        <span className="font-medium text-unverifiable-ink">
          <Icon aria-hidden="true" className="mr-1 inline size-4 -translate-y-px" />
          {doubts[state]}
        </span>{" "}
        in {formatNoun(found.length, "log")}: {names(found)}.
      </>
    );
  }
  const whole = inState("whole");
  const signed = inState("signed");
  if (whole.length + signed.length === 0) return <>Nothing has been recorded in the ledger yet.</>;
  if (signed.length > 0)
    return (
      <>
        Nothing contradicts the record. {formatNoun(signed.length, "log has", "logs have")} not yet been
        recomputed in full.
      </>
    );
  const { icon: Icon } = logWords.whole;
  return (
    <>
      <span className="font-medium text-in-region-ink">
        <Icon aria-hidden="true" className="mr-1 inline size-4 -translate-y-px" />
        {whole.length === 1 ? "The record is whole" : "Every record is whole"}
      </span>{" "}
      by its last full check, and signed.
    </>
  );
}

const doubts = {
  sealed: "An epoch is sealed and the next one not open yet",
  silent: "The signer is silent",
  unsigned: "No checkpoint has been signed yet",
} as const;

const namesShown = 3;

function names(logs: readonly LogSummary[]): string {
  const shown = logs.slice(0, namesShown).map(({ tenant }) => tenant ?? "the deployment's own");
  return [...shown, ...(logs.length > namesShown ? [`${logs.length - namesShown} more`] : [])].join(", ");
}

import type { LogDetail } from "../../lib/contracts/ledger.ts";
import { Known } from "../calls/known.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { LogBadge } from "./log-badge.tsx";
import { since, waits } from "./log-sentence.tsx";

/** The log in figures, each exact. */
export function LogFacts({ log }: { log: LogDetail }) {
  return (
    <DefinitionList
      className="px-4"
      items={[
        { term: "State", value: <LogBadge state={log.state} /> },
        {
          term: "Origin",
          value: (
            <Known
              unknown="Given with the first entry"
              value={log.origin === null ? null : <Copyable length={44} text={log.origin} what="origin" />}
            />
          ),
        },
        {
          term: "Epoch",
          value: <Known unknown="None yet" value={log.epoch === null ? null : epochOf(log)} />,
        },
        {
          term: "Entries",
          value: `${formatCount(log.entries)}${log.epochs.length > 1 ? " in this epoch" : ""}`,
        },
        ...newestCheckpoint(log),
        { term: "Waiting", value: waitingOf(log) },
        ...(log.callsBefore === null
          ? []
          : [{ term: "Not in the ledger", value: beforeOf(log.callsBefore) }]),
        {
          term: "Signer last heard",
          value: (
            <Known
              unknown="Never, in this log"
              value={
                log.signerHeardAt === null ? null : (
                  <>
                    <Time at={log.signerHeardAt} precision="second" />
                    <Ago at={log.signerHeardAt} log={log} />
                  </>
                )
              }
            />
          ),
        },
      ]}
    />
  );
}

function newestCheckpoint(log: LogDetail) {
  const { checkpoint, root } = log;
  if (checkpoint === null || root === null)
    return [{ term: "Newest checkpoint", value: <Known unknown="None has been signed" value={null} /> }];
  return [
    {
      term: "Newest checkpoint",
      value: (
        <>
          Size {formatCount(checkpoint.size)}, signed <Time at={checkpoint.signedAt} precision="second" />
          <Ago at={checkpoint.signedAt} log={log} />
        </>
      ),
    },
    { term: "Root", value: <Copyable length={44} text={root} what="root" /> },
  ];
}

function Ago({ at, log }: { at: string; log: LogDetail }) {
  return <span className="text-faint">, {since(at, log.asOf)} ago</span>;
}

function epochOf({ epoch, epochs }: LogDetail) {
  return `${epoch}${epochs.length > 1 ? `, after ${formatNoun(epochs.length - 1, "earlier one")}` : ", the first"}`;
}

function waitingOf({ state, waiting, waitingSince, asOf, epochs }: LogDetail) {
  if (state === "sealed") return "None: this epoch is signed no more";
  if (waiting === 0 || waitingSince === null)
    return epochs.length > 1
      ? "Every entry of this epoch is under a checkpoint"
      : "Every entry is under a checkpoint";
  if (state === "frozen")
    return `${formatNoun(waiting, "entry is", "entries are")} under no checkpoint, and will not be while the log is frozen`;
  return `${waits(waiting)} for the next checkpoint, the oldest for ${since(waitingSince, asOf)}`;
}

function beforeOf(calls: number) {
  if (calls === 0) return "Every recorded call is in the ledger";
  return `${formatNoun(calls, "call")} recorded before the ledger existed. ${calls === 1 ? "It is" : "They are"} on the pages, but nothing proves ${calls === 1 ? "it" : "them"}, and nothing is added afterwards.`;
}

import type { LogDetail } from "../../lib/contracts/ledger.ts";
import { formatNoun } from "../ui/format-number.ts";
import { formatDuration, formatInstant } from "../ui/format-time.ts";
import { logWords } from "./log-words.ts";

/** Is this record whole? The answer first, then what it rests on. */
export function LogSentence({ log }: { log: LogDetail }) {
  return (
    <div className="flex flex-col gap-0.5">
      <p className="text-ink text-md" data-testid="ledger-answer">
        <Answer log={log} />
      </p>
      <p>{facts(log).join(" · ")}</p>
    </div>
  );
}

function Answer({ log }: { log: LogDetail }) {
  const { icon: Icon } = logWords[log.state];
  const signed = log.checkpoint;
  if (log.state === "empty") return <>Nothing has been recorded in this log yet.</>;
  if (log.state === "whole" && signed && log.verifiedAt)
    return (
      <>
        <span className="whitespace-nowrap font-medium text-in-region-ink">
          <Icon aria-hidden="true" className="mr-1 inline size-4 -translate-y-px" />
          The record is whole
        </span>{" "}
        by its last full check, {formatInstant(log.verifiedAt)}, and signed up to{" "}
        {formatInstant(signed.signedAt, "second")}.
      </>
    );
  if (log.state === "signed" && signed)
    return (
      <>
        Nothing contradicts the record: {formatNoun(signed.size, "entry is", "entries are")} signed, up to{" "}
        {formatInstant(signed.signedAt, "second")}. {uncheckedWords(log)}
      </>
    );
  const strong =
    log.state === "frozen"
      ? "This log is frozen:"
      : log.state === "failed"
        ? "The last full check found a difference:"
        : log.state === "sealed"
          ? "This epoch is sealed:"
          : log.state === "silent"
            ? "The signer is silent:"
            : "This log has not been signed yet:";
  return (
    <>
      <span
        className={
          log.state === "frozen" || log.state === "failed"
            ? "font-semibold text-outside-ink"
            : "font-medium text-unverifiable-ink"
        }
      >
        <Icon aria-hidden="true" className="mr-1 inline size-4 -translate-y-px" />
        {strong}
      </span>{" "}
      <Consequence log={log} />
    </>
  );
}

function Consequence({ log }: { log: LogDetail }) {
  const { waiting, waitingSince, checkpoint, asOf } = log;
  if (log.state === "frozen")
    return checkpoint ? (
      <>nothing has been signed since {formatInstant(checkpoint.signedAt, "second")}.</>
    ) : (
      <>nothing has been signed in it.</>
    );
  if (log.state === "sealed") return <>the next one is not open yet.</>;
  if (log.state === "failed") return <>it is not as it was signed.</>;
  if (log.state === "silent" && waitingSince !== null)
    return (
      <>
        {waits(waiting)} for a checkpoint, the oldest for {since(waitingSince, asOf)}.
      </>
    );
  return <>{waits(waiting)} for the first checkpoint.</>;
}

/** What of the full check is missing. Each epoch has its own. */
function uncheckedWords({ verifications, epochs }: LogDetail): string {
  if (verifications.length === 0) return "It has not yet been recomputed in full.";
  const halves = (epoch: number) => verifications.filter((each) => each.epoch === epoch).length;
  const unchecked = epochs.find(({ epoch }) => halves(epoch) === 0);
  if (unchecked && epochs.length > 1) return `Epoch ${unchecked.epoch} has not yet been recomputed in full.`;
  const half = epochs.find(({ epoch }) => halves(epoch) === 1);
  return `Only one half of the full check has been made${half && epochs.length > 1 ? ` of epoch ${half.epoch}` : ""}.`;
}

/** "1 entry waits", "12 entries wait". */
export function waits(entries: number): string {
  return `${formatNoun(entries, "entry", "entries")} ${entries === 1 ? "waits" : "wait"}`;
}

function facts(log: LogDetail): string[] {
  const { asOf, checkpoint, waiting, verifiedAt, callsBefore, epochs, epoch } = log;
  return [
    `${formatNoun(log.entries, "entry", "entries")}${epochs.length > 1 ? ` in epoch ${epoch}` : ""}`,
    checkpoint === null ? "no checkpoint" : `newest checkpoint ${since(checkpoint.signedAt, asOf)} ago`,
    ...((log.state === "whole" || log.state === "signed") && waiting > 0
      ? [`${waits(waiting)} for the next checkpoint`]
      : []),
    ...(verifiedAt === null ? [] : [`recomputed in full ${since(verifiedAt, asOf)} ago`]),
    ...(callsBefore ? [`${formatNoun(callsBefore, "call")} from before the ledger not in it`] : []),
  ];
}

/** How long before the answer was made; no less than a second. */
export function since(at: string, asOf: string): string {
  const ms = new Date(asOf).getTime() - new Date(at).getTime();
  return ms < 60_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : formatDuration(ms);
}

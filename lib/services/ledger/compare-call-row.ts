import type { CallRecord, TimedAttempt } from "../../core/calls/call-record.ts";
import { type CanonicalValue, canonicalBytes } from "../../core/ledger/canonical.ts";
import { type CallBody, callBody, type ReadCall } from "../../core/ledger/entries/call-body.ts";
import { asEarlierFacts, isEarlierFacts } from "../../core/ledger/entries/facts-version.ts";
import type { Judgement } from "../../core/verdicts/verdict.ts";
import type { RecordedCallRow } from "../../db/ledger-rows.ts";

/**
 * In what a call's rows (the call, its dials) say another thing than the entry; names of members, none where all agree.
 * The rows are encoded as the entry was, so that what an entry cuts is cut here, too. What the rows do not hold is not
 * compared: it is in the entry alone.
 */
export function compareCallRow(row: RecordedCallRow, { body }: ReadCall, bytes: CanonicalValue): string[] {
  const encoded = encodedRow(row, body);
  if (encoded === null) return ["form"];
  const stored = bytes as Readonly<Record<string, CanonicalValue>>;
  const unlike = Object.keys(stored).filter((name) => !same(encoded[name] ?? null, stored[name] ?? null));
  return [...unlike, ...derived(row, body)];
}

function encodedRow(row: RecordedCallRow, body: CallBody): Readonly<Record<string, CanonicalValue>> | null {
  const attempts = (row.attempts ?? []).map(
    ({ evidence, startedAt, durationMs, verdict, basis, reasons, ...own }) => ({
      facts: { ...evidence, ...own, startedAt, durationMs } as unknown as TimedAttempt,
      judgement: { verdict, basis, reasons } as unknown as Judgement,
    }),
  );
  const {
    host,
    callEnd,
    bootId,
    intentN,
    inputTokens,
    outputTokens,
    cachedTokens,
    reasoningTokens,
    gap,
    reported,
    ...same
  } = row;
  const record = {
    ...body,
    ...same,
    tenantId: "",
    intent: bootId === null || intentN === null ? null : { bootId, n: intentN },
    end: callEnd,
    usage: { inputTokens, outputTokens, cachedInputTokens: cachedTokens, reasoningTokens },
    attempts: attempts.map(({ facts }) => facts),
    // Absent where the entry is of a time that did not ask.
    gap: gap ?? undefined,
    reported: reported ?? undefined,
    clientRequestId: null,
    endUser: null,
  } as unknown as CallRecord;
  const deciding =
    attempts.findLast(({ judgement }) => judgement.verdict === row.verdict) ?? attempts.at(-1) ?? null;
  const { verdict, band, basis, reasons, claims, judgeVersion } = row;
  const { standing, hostWithinPolicy } = body;
  const said = { verdict, band, basis, reasons, claims, judgeVersion, standing, hostWithinPolicy };
  try {
    const made = callBody({
      record: { ...record, policyVersion: row.policyVersion },
      judgement: said as unknown as Judgement,
      attempts,
      deciding: deciding?.facts ?? null,
      servedRegion: row.servedRegion,
      policySha256: row.policyVersion === null ? null : (body.policy?.sha256 ?? ""),
      catalogSha256: body.catalog.sha256,
    });
    // The rows are read as the entry was written.
    const { factsV } = body;
    return (isEarlierFacts(factsV) ? asEarlierFacts(made, factsV) : made) as Readonly<
      Record<string, CanonicalValue>
    >;
  } catch {
    // A value that no call of ours can have: somebody wrote it.
    return null;
  }
}

/** Columns that say once more, for lists and charts, what other members hold. */
function derived(row: RecordedCallRow, body: CallBody): string[] {
  const { attempts, verdict, facts } = body;
  const deciding = attempts.findLast(({ judged }) => judged.verdict === verdict) ?? attempts.at(-1) ?? null;
  const asked = facts.modelRequested ?? facts.modelAnswered;
  const cappedTo = (dim: string, value: string | null) => dim === "other" || dim === (value ?? "none");
  const isUnlike: Readonly<Record<string, boolean>> = {
    host: row.host !== (deciding?.host ?? null) && attempts.length < 2,
    status: row.status !== (deciding?.status ?? null) && attempts.length < 2,
    operation: row.operation !== facts.operation,
    model_requested: row.modelRequested !== facts.modelRequested,
    model_answered: row.modelAnswered !== facts.modelAnswered,
    stream: row.stream !== facts.stream,
    simulated: row.simulated !== facts.simulated,
    host_dim: !cappedTo(row.hostDim, row.host),
    model_dim: !cappedTo(row.modelDim, asked),
    region_dim: !["none", body.servedRegion ?? "unknown"].includes(row.regionDim),
    causes: !same([...row.causes].sort(), [...new Set<string>([...body.reasons, ...body.standing])].sort()),
  };
  return Object.keys(isUnlike).filter((name) => isUnlike[name]);
}

function same(a: CanonicalValue, b: CanonicalValue): boolean {
  return Buffer.from(canonicalBytes({ v: a })).equals(canonicalBytes({ v: b }));
}

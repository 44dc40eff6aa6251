import { toHex } from "../ledger/bytes.ts";
import type { CryptoPort } from "../ledger/crypto-port.ts";
import type { Balance } from "../ledger/entries/balance.ts";
import { bandOrder } from "../verdicts/verdict-words.ts";
import { peersInOrder } from "./attempt-peers.ts";
import type { CallShape, ShapeTable } from "./call-shape.ts";
import { computeControls } from "./compute-controls.ts";
import { computeResults } from "./compute-results.ts";
import { computeServices, computeTransfers } from "./compute-transfers.ts";
import { computeUsage } from "./compute-usage.ts";
import { type ComputedReport, isCovered, type Listed, type Section } from "./computed-report.ts";
import { casesInOrder } from "./count-cases.ts";
import { type ChangeEntry, isListed } from "./count-changes.ts";
import { totalOf } from "./exact-sum.ts";
import { listedMax } from "./first-rows.ts";
import { countShapes, listed } from "./group-shapes.ts";
import { sumOf } from "./key-counts.ts";
import { noneSaid } from "./none-said.ts";
import { notShown } from "./not-shown.ts";
import type { ReportFrame } from "./report-frame.ts";
import { sampleSeed, sampleSize } from "./sample.ts";
import type { TallyPart } from "./tally-part.ts";

/** A report's figures from all that was counted. `balance` null: entries of the range are not here. */
export function computeReport(
  crypto: CryptoPort,
  frame: ReportFrame,
  part: TallyPart,
  balance: Balance | null,
): ComputedReport {
  const { shapes, calls, pins, changes, statements } = part;
  const usage = computeUsage(frame, part);
  const total = (isIt: (shape: CallShape) => boolean) => callsOf(shapes, isIt);
  const selected = total(() => true);
  const cut = total((shape) => shape.cut);
  const retrospective = total((shape) => shape.retrospective);
  const policies = countShapes(shapes, ({ policy }) => policy);
  const catalogs = countShapes(shapes, ({ catalog }) => catalog);
  return {
    scope: {
      log: frame.log,
      first: frame.first,
      end: frame.end,
      end_root: frame.endRoot,
      from: frame.from,
      to: frame.to,
      status: frame.status,
      disclosure: frame.disclosure,
      filter: frame.filter,
    },
    criteria: {
      policies: listed(policies, listedMax),
      without_policy: selected - policies.reduce((sum, row) => sum + row.calls, 0),
      catalogs: listed(catalogs, listedMax),
      judge_versions: countShapes(shapes, ({ judgeVersion }) => ({ version: judgeVersion })),
      facts_versions: countShapes(shapes, ({ factsV }) => ({ version: factsV })),
    },
    population: {
      entries: frame.end - frame.first,
      by_type: part.types,
      absent: part.absent,
      calls: {
        selected,
        left: total((shape) => shape.left),
        refused: total((shape) => shape.refused),
        simulated: total((shape) => shape.simulated),
        retrospective,
        other_filter: calls.otherFilter,
        earlier: calls.earlier,
        earlier_arrived: calls.earlierArrived,
        later: calls.later,
      },
      late_outcomes: sortedCounts(part.lateOutcomes, (verdict, n) => ({ verdict, calls: n })),
      late_outcomes_other_filter: sumOf(part.otherLateOutcomes),
      by_source: countShapes(shapes, ({ source }) => ({ source })),
      by_end: countShapes(shapes, ({ end }) => ({ end })),
      spooled: total((shape) => shape.spooled),
    },
    balance: balanceSection(balance),
    provider_usage: usage,
    pins: {
      statements: listed(pins.statements, listedMax, pins.statementCount),
      projects: listed(pins.projects, listedMax, pins.projectCount),
      calls: countShapes(shapes, ({ left, pin: { source, kind, region } }) =>
        left ? { source, kind, region } : null,
      ),
    },
    results: computeResults(shapes),
    transfers: computeTransfers(shapes),
    dora: computeServices(shapes),
    controls: computeControls(part, balance),
    deviations: listed(part.deviations.rows, listedMax, part.deviations.count),
    late_deviations: listed(part.lateDeviations.rows, listedMax, part.lateDeviations.count),
    restatements: eventsOf(part, "restatement", "No verdict of the period was restated in it"),
    exceptions: eventsOf(part, "exception", "No exception was asked for or granted in the period"),
    findings: {
      events: sortedCounts(changes.kinds, (kind, n) => ({ kind, calls: n })).filter(({ kind }) =>
        kind.startsWith("finding."),
      ),
      cases: listed(casesInOrder(part.cases, part.wholeCases), listedMax),
    },
    sample: {
      seed: toHex(sampleSeed(crypto, frame)),
      algorithm:
        "seed = SHA-256(end root ‖ report id); rank = first 16 bytes of SHA-256(seed ‖ index in decimal); per band the lowest ranks.",
      size: sampleSize,
      strata: [...bandOrder, "none" as const].map((band) => ({
        band,
        population: total((shape) => (shape.band ?? "none") === band),
        calls: (part.sample.get(band) ?? []).map(({ index, call, rank }) => ({ index, call, rank })),
      })),
    },
    system: {
      peers: listed(
        peersInOrder(part.peers).map((row) => ({
          host: row.host,
          peer_key_sha256: row.peerKeySha256,
          host_grade: row.hostGrade,
          attempts: row.attempts,
          first_at: row.firstAt,
          last_at: row.lastAt,
        })),
        listedMax,
      ),
      relay_countries: countShapes(shapes, ({ relayCountry }) => ({ country: relayCountry })),
      subject_countries: countShapes(shapes, ({ subjectCountry }) => ({ country: subjectCountry })),
    },
    changes: {
      by_kind: sortedCounts(changes.kinds, (kind, n) => ({ kind, events: n })),
      events: listed(changes.rows, listedMax, countOf(part, isListed)),
      views: countOf(part, (kind) => kind.endsWith(".viewed")),
      looks: totalOf(changes.looks),
      exports: countOf(part, (kind) => kind.endsWith(".exported")),
      copies: totalOf(changes.copies),
    },
    integrity: {
      signer: sortedCounts(statements.kinds, (kind, n) => ({ kind, statements: n })),
      failed_checks: statements.failedChecks,
      said: listed(statements.rows, listedMax, sumOf(statements.kinds)),
      epochs: part.epochs,
      judgeable: selected - cut,
      cut,
    },
    not_shown: notShown(frame, part, { retrospective, isCompared: isCovered(usage) }),
  };
}

const objectionsMax = 100;

function balanceSection(balance: Balance | null): ComputedReport["balance"] {
  if (balance === null)
    return {
      not_covered: "Entries of the range are not in the pack, so that what they account for cannot be told.",
    };
  const { intents, outcomes, unknown, open, missing, earlier, withoutIntent, boots, objections } = balance;
  return {
    intents,
    outcomes,
    unknown,
    open,
    missing,
    earlier,
    refused_before_dial: withoutIntent.refused,
    imported: withoutIntent.imported,
    boots: boots.length,
    boots_closed: boots.filter(({ closed }) => closed).length,
    objections: listed(objections, objectionsMax),
  };
}

/** Of one noun. */
function eventsOf(
  part: TallyPart,
  noun: "restatement" | "exception",
  none: string,
): Section<Listed<ChangeEntry>> {
  const count = countOf(part, (kind) => kind.startsWith(`${noun}.`));
  if (count === 0) return noneSaid(part, none);
  return listed(
    noun === "restatement" ? part.changes.restatements : part.changes.exceptions,
    listedMax,
    count,
  );
}

function callsOf(shapes: ShapeTable, isIt: (shape: CallShape) => boolean): number {
  let sum = 0;
  for (const { shape, sums } of shapes.values()) if (isIt(shape)) sum += sums.calls;
  return sum;
}

export function countOf({ changes }: TallyPart, isIt: (kind: string) => boolean): number {
  let sum = 0;
  for (const [kind, n] of changes.kinds) if (isIt(kind)) sum += n;
  return sum;
}

/** In order of the key, so that the same counts stand in the same order. */
export function sortedCounts<Key extends string, Row>(
  counts: ReadonlyMap<Key, number>,
  rowOf: (key: Key, n: number) => Row,
): Row[] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, n]) => rowOf(key, n));
}

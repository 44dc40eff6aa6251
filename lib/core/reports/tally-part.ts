import type { CryptoPort } from "../ledger/crypto-port.ts";
import { type BalanceWord, balanceWord } from "../ledger/entries/balance-word.ts";
import type { ReadCall } from "../ledger/entries/call-body.ts";
import { type Entry, type EntryType, entryTypes } from "../ledger/entries/entry.ts";
import type { EventBody } from "../ledger/entries/event-body.ts";
import type { EntryContent } from "../ledger/entries/read-entry.ts";
import type { AbsentWhy } from "../ledger/pack/pack-line.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import { addPeer, mergePeers, type PeerTable } from "./attempt-peers.ts";
import { dimensionsOf, matchesFilter } from "./call-filter.ts";
import { countCall, mergeShapes, type ShapeTable } from "./call-shape.ts";
import { type CaseTable, countCases, mergeCases } from "./count-cases.ts";
import { type ChangeTables, countChange, emptyChanges, mergeChanges } from "./count-changes.ts";
import { countDeviation, type DeviationTable, emptyDeviations, mergeDeviations } from "./count-deviations.ts";
import { countPins, emptyPins, mergePins, type PinTables } from "./count-pins.ts";
import { countStatement, emptyStatements, mergeStatements, type StatementTable } from "./count-statements.ts";
import { countUsage, emptyUsage, mergeUsage, type UsageTables } from "./count-usage.ts";
import { appendRows } from "./first-rows.ts";
import { countKey, mergeCounts } from "./key-counts.ts";
import type { ReportFrame } from "./report-frame.ts";
import { mergeSamples, openSampler, type Sample } from "./sample.ts";

/**
 * What some entries of a range add to a report. Plain values, which travel between threads; parts are put together in the
 * order of their entries.
 */
export type TallyPart = {
  /** When the first entry of it was appended; null where none is disclosed. */
  firstAt: string | null;
  readonly types: Record<EntryType, number>;
  readonly absent: Record<AbsentWhy, number>;
  readonly balance: BalanceWord[];
  readonly shapes: ShapeTable;
  readonly calls: { otherFilter: number; earlier: number; earlierArrived: number; later: number };
  /** Ends that came later, of calls that began in the period: by verdict, those of the filter and the others. */
  readonly lateOutcomes: Map<Verdict, number>;
  readonly otherLateOutcomes: Map<Verdict, number>;
  readonly lateDeviations: DeviationTable;
  readonly peers: PeerTable;
  readonly cases: CaseTable;
  readonly wholeCases: CaseTable;
  readonly deviations: DeviationTable;
  readonly changes: ChangeTables;
  readonly statements: StatementTable;
  readonly epochs: { index: number; epoch: number; previous: string | null; reason: string | null }[];
  readonly usage: UsageTables;
  readonly pins: PinTables;
  readonly sample: Sample;
};

export type OpenTallyPart = {
  /** `content` is what `readEntry` says of the entry. */
  add(entry: Entry, content: EntryContent): void;
  /** An entry of which only the leaf hash is here. */
  skip(why: AbsentWhy): void;
  end(): TallyPart;
};

/** Counts entries of a range one by one, in their order. `frame` says which calls the report chooses. */
export function openTallyPart(crypto: CryptoPort, frame: ReportFrame): OpenTallyPart {
  const part = emptyPart();
  const sampler = openSampler(crypto, frame, part.sample);
  const isIn = (at: string): boolean => at >= frame.from && at < frame.to;

  const addCall = (index: number, at: string, call: ReadCall): void => {
    const { body } = call;
    if (body.startedAt < frame.from) {
      part.calls.earlier += 1;
      if (at >= frame.from) part.calls.earlierArrived += 1;
      return;
    }
    if (body.startedAt >= frame.to) {
      part.calls.later += 1;
      return;
    }
    const dimensions = dimensionsOf(body);
    if (!matchesFilter(frame.filter, body, dimensions)) {
      part.calls.otherFilter += 1;
      return;
    }
    countCall(part.shapes, call, dimensions);
    countCases(part, body, dimensions);
    for (const attempt of body.attempts) addPeer(part.peers, attempt);
    sampler.add(index, body.id, body.band);
    countDeviation(part.deviations, index, body, dimensions);
  };

  /** Its call stands among the others as it was known when it was given up; what came of it is told beside them. */
  const addLateOutcome = (index: number, { body }: ReadCall): void => {
    if (!isIn(body.startedAt)) return;
    const dimensions = dimensionsOf(body);
    if (!matchesFilter(frame.filter, body, dimensions)) {
      countKey(part.otherLateOutcomes, body.verdict);
      return;
    }
    countKey(part.lateOutcomes, body.verdict);
    countDeviation(part.lateDeviations, index, body, dimensions);
  };

  const addEvent = (index: number, event: EventBody): void => {
    countUsage(part.usage, frame, index, event);
    if (!isIn(event.happenedAt)) return;
    countChange(part.changes, index, event);
    countPins(part.pins, index, event);
  };

  return {
    add(entry, content) {
      const { index, at, type } = entry;
      part.firstAt ??= at;
      part.types[type] += 1;
      const word = balanceWord(entry, content);
      if (word !== null) part.balance.push(word);
      if (content.type === "call") addCall(index, at, content.call);
      else if (content.type === "late_outcome") addLateOutcome(index, content.call);
      else if (content.type === "event") addEvent(index, content.event);
      else if (content.type === "signer") countStatement(part.statements, index, content.statement);
      else if (content.type === "epoch_opened") {
        const { epoch, previous, reason } = content.epoch;
        part.epochs.push({ index, epoch, previous: previous?.origin ?? null, reason });
      }
    },
    skip(why) {
      part.absent[why] += 1;
    },
    end: () => part,
  };
}

/** Puts a part behind the ones before it. */
export function mergeParts(into: TallyPart, next: TallyPart): void {
  into.firstAt ??= next.firstAt;
  for (const type of entryTypes) into.types[type] += next.types[type];
  for (const why of ["withheld", "pruned", "erased"] as const) into.absent[why] += next.absent[why];
  mergeShapes(into.shapes, next.shapes);
  for (const name of ["otherFilter", "earlier", "earlierArrived", "later"] as const)
    into.calls[name] += next.calls[name];
  mergeCounts(into.lateOutcomes, next.lateOutcomes);
  mergeCounts(into.otherLateOutcomes, next.otherLateOutcomes);
  mergeDeviations(into.lateDeviations, next.lateDeviations);
  mergePeers(into.peers, next.peers);
  mergeCases(into.cases, next.cases);
  mergeCases(into.wholeCases, next.wholeCases);
  mergeDeviations(into.deviations, next.deviations);
  mergeChanges(into.changes, next.changes);
  mergeStatements(into.statements, next.statements);
  appendRows(into.epochs, next.epochs);
  mergeUsage(into.usage, next.usage);
  mergePins(into.pins, next.pins);
  mergeSamples(into.sample, next.sample);
}

/** A part of no entries. Its balance stays empty when parts are merged into it: that is heard word by word. */
export function emptyPart(): TallyPart {
  return {
    firstAt: null,
    types: Object.fromEntries(entryTypes.map((type) => [type, 0])) as Record<EntryType, number>,
    absent: { withheld: 0, pruned: 0, erased: 0 },
    balance: [],
    shapes: new Map(),
    calls: { otherFilter: 0, earlier: 0, earlierArrived: 0, later: 0 },
    lateOutcomes: new Map(),
    otherLateOutcomes: new Map(),
    lateDeviations: emptyDeviations(),
    peers: new Map(),
    cases: new Map(),
    wholeCases: new Map(),
    deviations: emptyDeviations(),
    changes: emptyChanges(),
    statements: emptyStatements(),
    epochs: [],
    usage: emptyUsage(),
    pins: emptyPins(),
    sample: new Map(),
  };
}

/** Entries of which only the leaf hash is here. */
export function countAbsent({ absent }: Pick<TallyPart, "absent">): number {
  return absent.withheld + absent.pruned + absent.erased;
}

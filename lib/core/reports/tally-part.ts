import type { CryptoPort } from "../ledger/crypto-port.ts";
import { type BalanceWord, balanceWord } from "../ledger/entries/balance-word.ts";
import type { CallBody, ReadCall } from "../ledger/entries/call-body.ts";
import { type Entry, type EntryType, entryTypes } from "../ledger/entries/entry.ts";
import type { EventBody } from "../ledger/entries/event-body.ts";
import type { EntryContent } from "../ledger/entries/read-entry.ts";
import type { AbsentWhy } from "../ledger/pack/pack-line.ts";
import type { Reason, Verdict } from "../verdicts/verdict.ts";
import { addPeer, mergePeers, type PeerTable } from "./attempt-peers.ts";
import { type CallDimensions, dimensionsOf, matchesFilter } from "./call-filter.ts";
import { countCall, mergeShapes, type ShapeTable } from "./call-shape.ts";
import { type CaseTable, countCases, mergeCases } from "./count-cases.ts";
import { countPins, emptyPins, mergePins, type PinTables } from "./count-pins.ts";
import { countUsage, emptyUsage, mergeUsage, type UsageTables } from "./count-usage.ts";
import { addSum, addTo, type ExactSum, exactSum } from "./exact-sum.ts";
import type { ReportFrame } from "./report-frame.ts";
import { mergeSamples, openSampler, type Sample } from "./sample.ts";

/** A call outside policy or not verifiable, as the list of them has it. */
export type Deviation = {
  readonly index: number;
  readonly call: string;
  readonly started_at: string;
  readonly application_id: string;
  readonly host: string | null;
  readonly model: string | null;
  readonly verdict: Verdict;
  readonly basis: string;
  readonly reasons: readonly Reason[];
};

/** A change, or an access, as its entry says it. People stand as ids; names are committed to. */
export type ChangeEntry = {
  readonly index: number;
  readonly at: string;
  readonly kind: string;
  readonly subject: string;
  readonly actor: string;
  readonly detail: EventBody["detail"];
};

/** What the signer said. */
export type SignerWord = {
  readonly index: number;
  readonly said_at: string;
  readonly kind: string;
  readonly sentence: string;
};

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
  lateDeviations: number;
  readonly firstLateDeviations: Deviation[];
  readonly peers: PeerTable;
  readonly cases: CaseTable;
  readonly wholeCases: CaseTable;
  deviations: number;
  readonly firstDeviations: Deviation[];
  readonly eventKinds: Map<string, number>;
  readonly events: ChangeEntry[];
  /** Listed by themselves: there may be more events of other kinds than are listed. */
  readonly restatements: ChangeEntry[];
  readonly exceptions: ChangeEntry[];
  /** An entry holds all looks of a person at one kind of evidence within a minute. */
  readonly looks: ExactSum;
  /** The same of small files that left; what leaves in bulk is an entry each. */
  readonly copies: ExactSum;
  readonly signerKinds: Map<string, number>;
  /** Statements of full checks that found something, or do not say that they found nothing. */
  failedChecks: number;
  readonly signerWords: SignerWord[];
  readonly epochs: { index: number; epoch: number; previous: string | null; reason: string | null }[];
  readonly usage: UsageTables;
  readonly pins: PinTables;
  readonly sample: Sample;
};

/** So many are listed in a report; all are counted, and all are in the entries. */
export const listedMax = 1_000;

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
    if (isDeviation(body)) {
      part.deviations += 1;
      listOne(part.firstDeviations, () => deviationOf(index, body, dimensions));
    }
  };

  /** Its call stands among the others as it was known when it was given up; what came of it is told beside them. */
  const addLateOutcome = (index: number, { body }: ReadCall): void => {
    if (!isIn(body.startedAt)) return;
    const dimensions = dimensionsOf(body);
    if (!matchesFilter(frame.filter, body, dimensions)) {
      count(part.otherLateOutcomes, body.verdict);
      return;
    }
    count(part.lateOutcomes, body.verdict);
    if (!isDeviation(body)) return;
    part.lateDeviations += 1;
    listOne(part.firstLateDeviations, () => deviationOf(index, body, dimensions));
  };

  const addEvent = (index: number, event: EventBody): void => {
    countUsage(part.usage, frame, index, event, listedMax);
    if (!isIn(event.happenedAt)) return;
    const { kind, detail } = event;
    count(part.eventKinds, kind);
    if (isListed(kind)) listOne(part.events, () => changeOf(index, event));
    if (kind.startsWith("restatement.")) listOne(part.restatements, () => changeOf(index, event));
    if (kind.startsWith("exception.")) listOne(part.exceptions, () => changeOf(index, event));
    countPins(part.pins, index, event, listedMax);
    const times = typeof detail.looks === "number" && detail.looks > 0 ? detail.looks : 1;
    if (kind.endsWith(".viewed")) addTo(part.looks, times);
    if (kind.endsWith(".exported")) addTo(part.copies, times);
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
      else if (content.type === "signer") {
        const { kind, saidAt, sentence, detail } = content.statement;
        count(part.signerKinds, kind);
        if (kind === "fsck_finished" && detail.ok !== true) part.failedChecks += 1;
        listOne(part.signerWords, () => ({ index, said_at: saidAt, kind, sentence }));
      } else if (content.type === "epoch_opened") {
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
  into.lateDeviations += next.lateDeviations;
  append(into.firstLateDeviations, next.firstLateDeviations, listedMax);
  mergePeers(into.peers, next.peers);
  mergeCases(into.cases, next.cases);
  mergeCases(into.wholeCases, next.wholeCases);
  into.deviations += next.deviations;
  append(into.firstDeviations, next.firstDeviations, listedMax);
  mergeCounts(into.eventKinds, next.eventKinds);
  append(into.events, next.events, listedMax);
  append(into.restatements, next.restatements, listedMax);
  append(into.exceptions, next.exceptions, listedMax);
  addSum(into.looks, next.looks);
  addSum(into.copies, next.copies);
  mergeCounts(into.signerKinds, next.signerKinds);
  into.failedChecks += next.failedChecks;
  append(into.signerWords, next.signerWords, listedMax);
  append(into.epochs, next.epochs, listedMax);
  mergeUsage(into.usage, next.usage, listedMax);
  mergePins(into.pins, next.pins, listedMax);
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
    lateDeviations: 0,
    firstLateDeviations: [],
    peers: new Map(),
    cases: new Map(),
    wholeCases: new Map(),
    deviations: 0,
    firstDeviations: [],
    eventKinds: new Map(),
    events: [],
    restatements: [],
    exceptions: [],
    looks: exactSum(),
    copies: exactSum(),
    signerKinds: new Map(),
    failedChecks: 0,
    signerWords: [],
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

/** Whether events of a kind are listed. Whoever looked is counted, not listed: there may be more looks than calls. */
export function isListed(kind: string): boolean {
  return !/\.(?:viewed|refresh_wanted)$/.test(kind);
}

/** Whether a verdict is one that a report lists call by call. */
function isDeviation({ verdict }: Pick<CallBody, "verdict">): boolean {
  return verdict === "violation" || verdict === "unverifiable";
}

function deviationOf(index: number, body: CallBody, { host, model }: CallDimensions): Deviation {
  return {
    index,
    call: body.id,
    started_at: body.startedAt,
    application_id: body.applicationId,
    host,
    model,
    verdict: body.verdict,
    basis: body.basis,
    reasons: body.reasons,
  };
}

function changeOf(index: number, { happenedAt, kind, subject, actor, detail }: EventBody): ChangeEntry {
  const who = actor.kind === "person" ? `person ${actor.id}` : `${actor.kind} ${actor.name ?? actor.id}`;
  return { index, at: happenedAt, kind, subject, actor: who, detail };
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mergeCounts<Key>(into: Map<Key, number>, next: ReadonlyMap<Key, number>): void {
  for (const [key, n] of next) into.set(key, (into.get(key) ?? 0) + n);
}

function listOne<Item>(rows: Item[], make: () => Item): void {
  if (rows.length < listedMax) rows.push(make());
}

function append<Item>(into: Item[], next: readonly Item[], most: number): void {
  for (const item of next) if (into.length < most) into.push(item);
}

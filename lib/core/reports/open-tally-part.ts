import type { CryptoPort } from "../ledger/crypto-port.ts";
import { balanceWord } from "../ledger/entries/balance-word.ts";
import type { CallBody, ReadCall } from "../ledger/entries/call-body.ts";
import type { Entry } from "../ledger/entries/entry.ts";
import type { EventBody } from "../ledger/entries/event-body.ts";
import type { EntryContent } from "../ledger/entries/read-entry.ts";
import type { AbsentWhy } from "../ledger/pack/pack-line.ts";
import { addPeer } from "./attempt-peers.ts";
import { type CallDimensions, dimensionsOf, matchesFilter } from "./call-filter.ts";
import { countCall } from "./call-shape.ts";
import { countCases } from "./count-cases.ts";
import { countPins } from "./count-pins.ts";
import { countUsage } from "./count-usage.ts";
import { addTo } from "./exact-sum.ts";
import type { ReportFrame } from "./report-frame.ts";
import { openSampler } from "./sample.ts";
import {
  type ChangeEntry,
  type Deviation,
  emptyPart,
  isListed,
  listedMax,
  type TallyPart,
} from "./tally-part.ts";

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

function listOne<Item>(rows: Item[], make: () => Item): void {
  if (rows.length < listedMax) rows.push(make());
}

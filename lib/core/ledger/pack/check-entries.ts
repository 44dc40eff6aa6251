import { isOfReport } from "../../reports/call-filter.ts";
import { usageCompared } from "../../reports/read-usage-event.ts";
import type { ReportFrame } from "../../reports/report-frame.ts";
import { openTallyPart, type TallyPart } from "../../reports/tally-part.ts";
import { bytesEqual, fromBase64, toBase64, toHex, utf8Bytes } from "../bytes.ts";
import { entryBytesMax } from "../canonical.ts";
import { commitment } from "../commitment.ts";
import type { CryptoPort } from "../crypto-port.ts";
import type { ReadCall } from "../entries/call-body.ts";
import { decodeEntry, type Entry, EntryError } from "../entries/entry.ts";
import { type EntryContent, readEntry } from "../entries/read-entry.ts";
import { plainWords } from "../plain-words.ts";
import { leafHash } from "../tree.ts";
import { comparisonProblem } from "./compare-again.ts";
import { type DocumentTexts, readDocuments } from "./documents.ts";
import { type JudgedAgain, judgeOfEntries } from "./judge-again.ts";
import type { Opening } from "./openings.ts";
import type { EntryFault, PackCheck } from "./pack-checks.ts";
import { parseAbsentLeaf } from "./pack-line.ts";
import { stoppedWords } from "./pack-outcome.ts";
import { type Subtree, subtreesFrom } from "./range-tree.ts";

/** What every file of entries is checked with. Plain values, which travel between threads. */
export type EntriesContext = {
  readonly frame: ReportFrame;
  readonly documents: DocumentTexts;
  /** Checks that are left out. */
  readonly without: ReadonlySet<PackCheck>;
  /** A size inside the range at which the root is asked for; null: none. */
  readonly cut: number | null;
};

/** One file of entries: its bytes, the leaf hashes beside it, the openings of its entries. */
export type EntriesWork = {
  readonly first: number;
  readonly end: number;
  readonly bytes: Uint8Array;
  readonly leaves: Uint8Array;
  readonly openings: readonly Opening[];
};

/** What was found in one file, in plain values. */
export type EntriesOutcome = {
  readonly first: number;
  readonly end: number;
  readonly sha256: string;
  readonly leavesSha256: string;
  readonly subtrees: readonly Subtree[];
  readonly part: TallyPart;
  /** Of each check the first ones, in order of their entries; `faultCounts` has them all. */
  readonly faults: readonly EntryFault[];
  readonly faultCounts: ReadonlyMap<PackCheck, number>;
  readonly judged: JudgedCounts;
  /** Comparisons with the provider's count whose outcome follows from their counts. */
  readonly compared: number;
  readonly opened: number;
};

/** Calls by what became of judging them again. `beside`: not of the report, and what they were judged by is not here. */
export type JudgedCounts = Readonly<Record<JudgedAgain["outcome"] | "beside", number>>;

/** Of no calls yet. */
export const noneJudged = { same: 0, cut: 0, other_judge: 0, no_document: 0, differs: 0, beside: 0 };

/** Faults named per check and file. */
const faultsMax = 20;

/**
 * Checks a file of entries, one line after the other. An entry that is not what it should be is named by its index, and the
 * walk goes on behind it; entries that are missing between two others are named as missing, not as changed.
 */
export function checkerOfEntries(crypto: CryptoPort, context: EntriesContext) {
  const judge = judgeOfEntries(readDocuments(context.documents));
  return (work: EntriesWork): EntriesOutcome => checkEntries(crypto, context, judge, work);
}

function checkEntries(
  crypto: CryptoPort,
  { frame, without, cut }: EntriesContext,
  judge: (call: ReadCall) => JudgedAgain,
  { first, end, bytes, leaves, openings }: EntriesWork,
): EntriesOutcome {
  const faults: EntryFault[] = [];
  const faultCounts = new Map<PackCheck, number>();
  const fault = (check: PackCheck, index: number, words: string, grave = true): void => {
    if (without.has(check)) return;
    const count = (faultCounts.get(check) ?? 0) + 1;
    faultCounts.set(check, count);
    if (count <= faultsMax) faults.push({ check, index, grave, words: plainWords(words) });
  };
  const part = openTallyPart(crypto, frame);
  const judged = { ...noneJudged };
  let compared = 0;
  const hashes: Uint8Array[] = [];
  const opened = openingsByIndex(openings);
  const expected = (index: number): Uint8Array =>
    leaves.subarray((index - first) * 32, (index - first + 1) * 32);

  let index = first;
  for (const line of linesOf(bytes)) {
    const absent = parseAbsentLeaf(line);
    if (absent === "malformed") {
      fault("entry form", index, "is neither an entry nor the hash of one.");
      continue;
    }
    if (absent !== null) {
      if (index >= end) {
        fault("entry place", index, "stands behind the end of its file.");
        break;
      }
      part.skip(absent.why);
      if (!bytesEqual(absent.leafHash, expected(index)))
        fault("leaf hashes", index, "is here with another hash than the log has.");
      if (opened.has(index)) fault("commitments", index, "is opened, and is not here to hold that against.");
      hashes.push(absent.leafHash);
      index += 1;
      continue;
    }
    const { entry, problem, isNewer } = decode(line);
    if (entry === null) fault("entry form", index, problem, !isNewer);
    // A line whose entry stands further on: the ones between are not here.
    else if (entry.log === frame.log && entry.index > index && entry.index < end) {
      if (!without.has("entry place")) {
        fault("entry place", index, missingWords(index, entry.index - 1));
        for (; index < entry.index; index += 1) hashes.push(expected(index).slice());
      }
    }
    if (index >= end) {
      fault("entry place", index, "stands behind the end of its file.");
      break;
    }
    const hash = hashOfLine(crypto, line);
    if (!bytesEqual(hash, expected(index)))
      fault("leaf hashes", index, "is not what was hashed into the log.");
    hashes.push(hash);
    if (entry !== null) {
      if (entry.log !== frame.log)
        fault("entry place", index, `says that it belongs to the log ${entry.log}.`);
      else if (entry.index !== index) fault("entry place", index, `says that it is entry ${entry.index}.`);
      const content = read(entry);
      if (typeof content === "string") fault("entry meaning", index, content, false);
      else {
        part.add(entry, content);
        if (content.type === "call" || content.type === "late_outcome") {
          const again = without.has("judged again") ? null : attemptToJudge(content.call, judge);
          // Earlier packs hold the documents of the calls that the report is about alone; the others are counted.
          const isBeside = again?.outcome === "no_document" && !isOfReport(frame, content.call.body);
          if (again !== null) judged[isBeside ? "beside" : again.outcome] += 1;
          if (again?.outcome === "differs")
            fault("judged again", index, `is judged otherwise by the same facts: ${again.member}.`);
        } else if (content.type === "event" && content.event.kind === usageCompared) {
          const problem = comparisonProblem(content.event);
          if (problem === null) compared += 1;
          else fault("comparisons", index, problem.words, problem.grave);
        }
      }
      for (const opening of opened.get(index) ?? []) checkOpening(crypto, entry, opening, fault);
    } else if (opened.has(index))
      fault("commitments", index, "is opened, and cannot be read to hold that against.");
    index += 1;
  }
  if (index < end) {
    fault("entry place", index, missingWords(index, end - 1));
    for (; index < end; index += 1) hashes.push(expected(index).slice());
  }
  return {
    first,
    end,
    sha256: toHex(crypto.sha256(bytes)),
    leavesSha256: toHex(crypto.sha256(leaves)),
    subtrees: subtreesFrom(crypto, first, hashes, cut),
    part: part.end(),
    faults,
    faultCounts,
    judged,
    compared,
    opened: openings.length,
  };
}

/** As `leafHash`, in a buffer that is used again: a new one for each entry took longer than its hash. */
function hashOfLine(crypto: CryptoPort, line: Uint8Array): Uint8Array {
  if (line.length >= scratch.length) return leafHash(crypto, line);
  scratch.set(line, 1);
  return crypto.sha256(scratch.subarray(0, line.length + 1));
}

const scratch = new Uint8Array(entryBytesMax + 1);

/** Lines without their ends. The last one has to have an end, too; what follows it is a line of its own. */
function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    yield bytes.subarray(at, end < 0 ? bytes.length : end);
    at = end < 0 ? bytes.length : end + 1;
  }
}

function decode(line: Uint8Array): { entry: Entry | null; problem: string; isNewer: boolean } {
  try {
    return { entry: decodeEntry(line), problem: "", isNewer: false };
  } catch (error) {
    if (!(error instanceof EntryError)) return { entry: null, problem: stoppedWords(error), isNewer: true };
    return { entry: null, problem: error.message, isNewer: error.place === "v" || error.place === "type" };
  }
}

function read(entry: Entry): EntryContent | string {
  try {
    return readEntry(entry);
  } catch (error) {
    if (error instanceof EntryError) return `says what this program does not know: ${error.message}`;
    return stoppedWords(error);
  }
}

/** trust: a catalog may be anything; where `judge` cannot work with it, the call cannot be judged. */
function attemptToJudge(call: ReadCall, judge: (call: ReadCall) => JudgedAgain): JudgedAgain {
  try {
    return judge(call);
  } catch {
    return { outcome: "no_document" };
  }
}

function checkOpening(
  crypto: CryptoPort,
  { index, commit }: Entry,
  { field, salt, value }: Opening,
  fault: (check: PackCheck, index: number, words: string) => void,
): void {
  const said = commit?.[field];
  const bytes = fromBase64(salt);
  const is =
    said !== undefined &&
    bytes?.length === 32 &&
    toBase64(commitment(crypto, field, bytes, utf8Bytes(value))) === said;
  if (!is) fault("commitments", index, `has not committed to what is opened as ${field}.`);
}

function openingsByIndex(openings: readonly Opening[]): ReadonlyMap<number, Opening[]> {
  const map = new Map<number, Opening[]>();
  for (const opening of openings) map.set(opening.index, [...(map.get(opening.index) ?? []), opening]);
  return map;
}

const missingWords = (from: number, to: number): string =>
  from === to ? "is missing." : `and those up to ${to} are missing: ${to - from + 1} entries.`;

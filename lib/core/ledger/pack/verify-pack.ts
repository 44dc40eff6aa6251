import { type ComputedReport, isCovered } from "../../reports/computed-report.ts";
import { openTally, type Tally } from "../../reports/tally.ts";
import { countAbsent } from "../../reports/tally-part.ts";
import { bytesEqual, toHex, utf8Bytes } from "../bytes.ts";
import { type Check, fail, pass, unverifiable } from "../verification.ts";
import {
  checkerOfEntries,
  type EntriesContext,
  type EntriesOutcome,
  type EntriesWork,
  noneJudged,
} from "./check-entries.ts";
import { checkFigures } from "./check-figures.ts";
import { checkEnds, checkOf } from "./check-range.ts";
import { openSince } from "./check-since.ts";
import { catalogOf, type DocumentTexts, policyOf } from "./documents.ts";
import { entryChecks } from "./entry-checks.ts";
import {
  checkHashes,
  documentsBytes,
  documentTexts,
  openPackFiles,
  type PackOptions,
  type PackPort,
  type PackSource,
  type ReadablePack,
} from "./open-pack.ts";
import { type Opening, OpeningError, parseOpenings } from "./openings.ts";
import type { EntryFault, PackCheck } from "./pack-checks.ts";
import { type EntriesFile, entriesFileOf, packFiles } from "./pack-files.ts";
import { bytesMax, documentsBytesMax, tallyRowsMax, uncountedWords } from "./pack-limits.ts";
import { type PackCounts, type PackVerification, packOutcome, unlessStopped } from "./pack-outcome.ts";
import { openRangeTree } from "./range-tree.ts";
import { type DayTables, emptyDays, mergeDays, recountDays, rowsOfDays } from "./recount-days.ts";

/** A pack on its way through the checks. Files of entries may be checked anywhere, and are added in their order. */
export type OpenedPack = {
  readonly jobs: readonly EntriesFile[];
  /** What `checkerOfEntries` needs, wherever it runs. */
  readonly context: EntriesContext;
  /** Where the bytes of a job stand in the archive, and the openings of its entries; null: a file of it is not here. */
  readonly workOf: (job: EntriesFile) => EntriesPlace | null;
  readonly add: (outcome: EntriesOutcome) => void;
  readonly end: () => PackVerification;
};

export type EntriesPlace = {
  readonly first: number;
  readonly end: number;
  readonly entries: { readonly offset: number; readonly bytes: number };
  readonly leaves: { readonly offset: number; readonly bytes: number };
  readonly openings: readonly Opening[];
};

/**
 * Verifies a pack in one thread. trust: everything in the pack comes from whoever handed it over; what counts is what the
 * trust root's keys signed, and what follows from that. Throws TrustRootError where the trust root itself is wrong.
 */
export function verifyPack(port: PackPort, source: PackSource, options: PackOptions): PackVerification {
  const steps = verifySteps(port, source, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** How far a verification is, in entries of the range. */
export type VerifyStep = { readonly entries: number; readonly of: number };

/** The same, file of entries by file of entries: whoever asks for the next step may do something else before, or leave off. */
export function* verifySteps(
  port: PackPort,
  source: PackSource,
  options: PackOptions,
): Generator<VerifyStep, PackVerification> {
  const opened = openPack(port, source, options);
  if ("verdict" in opened) return opened;
  const check = checkerOfEntries(port.crypto, opened.context);
  const { first, end } = opened.context.frame;
  for (const job of opened.jobs) {
    const place = opened.workOf(job);
    if (place !== null) opened.add(check(readWork(source, place)));
    yield { entries: job.end - first, of: end - first };
  }
  return opened.end();
}

/** Reads the bytes of one job. */
export function readWork({ readAt }: PackSource, place: EntriesPlace): EntriesWork {
  const { first, end, entries, leaves, openings } = place;
  return {
    first,
    end,
    bytes: readAt(entries.offset, entries.bytes),
    leaves: readAt(leaves.offset, leaves.bytes),
    openings,
  };
}

/** Everything but the entries. A verification: the pack cannot even be read. */
export function openPack(
  port: PackPort,
  source: PackSource,
  options: PackOptions,
): OpenedPack | PackVerification {
  const { trustRoot, without = new Set<PackCheck>() } = options;
  const pack = openPackFiles(port, source, options);
  if (!("manifest" in pack)) return packOutcome(pack);
  const { manifest, frame } = pack;
  const checks: Check[] = [...pack.checks];
  const say = (...said: readonly Check[]): void => {
    checks.push(...said.filter(({ name }) => !without.has(checkOf(name))));
  };
  const ends = checkEnds(port.crypto, pack, trustRoot);
  say(...ends.checks);
  const texts = documentTexts(pack);
  say(...unlessStopped("documents", () => [checkDocuments(port, pack, texts)]));
  const openings = openingsOf(pack);
  const openingsIn = Map.groupBy(openings.list, ({ index }) => entriesFileOf(index));
  const since = openSince(port.crypto, options, pack, ends.frontier);

  const tree = ends.frontier && openRangeTree(port.crypto, ends.frontier);
  // Null: there are more kinds of calls than can be counted in the memory at hand.
  let tally: Tally | null = openTally(port.crypto, frame);
  const jobs = new Map(pack.entries.map((job) => [job.first, job]));
  const hashes = new Map<string, string>();
  const faults: EntryFault[] = [];
  const faultCounts = new Map<PackCheck, number>();
  const judged = { ...noneJudged };
  // Null: as the tally.
  let days: DayTables | null = emptyDays();
  let firstAt: string | null = null;
  let [opened, absent, compared, at] = [0, 0, 0, frame.first];
  return {
    jobs: pack.entries,
    context: { frame, documents: texts, without, cut: since.cut },
    workOf: ({ path, leaves, first, end }) => {
      const [lines, bin] = [pack.files.get(path), pack.files.get(leaves)];
      if (lines === undefined || bin === undefined || bin.bytes !== (end - first) * 32) return null;
      if (lines.bytes > bytesMax(path)) return null;
      const mine = (openingsIn.get(entriesFileOf(first)) ?? []).filter(
        ({ index }) => index >= first && index < end,
      );
      return { first, end, entries: lines, leaves: bin, openings: mine };
    },
    add(outcome) {
      const job = jobs.get(outcome.first);
      if (job !== undefined) {
        hashes.set(job.path, outcome.sha256);
        hashes.set(job.leaves, outcome.leavesSha256);
      }
      if (outcome.first !== at)
        throw new RangeError(`Entries from ${at} on come next, not from ${outcome.first}.`);
      at = outcome.end;
      tally?.add(outcome.part);
      if (tally !== null && tally.rows() > tallyRowsMax) tally = null;
      absent += countAbsent(outcome.part);
      for (const subtree of outcome.subtrees) {
        tree?.push(subtree);
        if (tree) since.meet(tree.size, () => tree.root());
      }
      faults.push(...outcome.faults);
      for (const [name, count] of outcome.faultCounts)
        faultCounts.set(name, (faultCounts.get(name) ?? 0) + count);
      for (const name of Object.keys(judged) as (keyof typeof judged)[]) judged[name] += outcome.judged[name];
      opened += outcome.opened;
      firstAt ??= outcome.part.firstAt;
      compared += outcome.days.compared.length;
      if (days !== null) mergeDays(days, outcome.days);
      if (days !== null && rowsOfDays(days) > tallyRowsMax) days = null;
    },
    end() {
      say(...unlessStopped("file hashes", () => [checkHashes(port, source, pack, hashes)]));
      const isWhole = at === frame.end;
      say(
        isWhole
          ? checkRoot(tree, ends.end.checkpoint?.root ?? null, frame)
          : fail("range", "Files of entries are missing."),
      );
      const computed = tally?.end() ?? null;
      const counts: PackCounts = {
        entries: at - frame.first,
        absent,
        judgedAgain: judged.same,
        cut: judged.cut,
        unjudged: judged.beside,
        opened,
      };
      // Of a range of which something is missing, no sum says that there is too little of it.
      const again =
        days === null || absent > 0 || !isWhole || without.has("comparisons")
          ? null
          : recountDays(days, frame, firstAt);
      for (const problem of again?.problems ?? []) {
        faults.push({ check: "comparisons", grave: true, ...problem });
        faultCounts.set("comparisons", (faultCounts.get("comparisons") ?? 0) + 1);
      }
      faults.sort((a, b) => a.index - b.index);
      const found = { faults, faultCounts, judged, compared, opened, absent, entries: counts.entries };
      say(...entryChecks({ ...found, held: again?.held ?? null }));
      if (openings.problem !== null) say(fail("commitments", openings.problem));
      const outside = openings.list.find(({ index }) => index < frame.first || index >= frame.end);
      if (outside !== undefined)
        say(fail("commitments", `Entry ${outside.index} is opened, and is not in the range.`));
      say(...(computed === null ? [unverifiable("counters", uncountedWords)] : countersCheck(computed)));
      const saidIn = tally?.saidIn ?? null;
      say(...unlessStopped("figures", () => checkFigures(pack, ends.end.signedAt, saidIn)), ...since.end());
      const { signedAt, isTimeLost } = ends.end;
      return packOutcome(checks, { manifest, computed, faults, signedAt, isTimeLost, counts });
    },
  };
}

function checkRoot(
  tree: ReturnType<typeof openRangeTree> | null,
  root: Uint8Array | null,
  { first, end }: { readonly first: number; readonly end: number },
): Check {
  if (tree === null || root === null)
    return fail("range", "There is nothing to rehash from, or nothing to rehash to.");
  if (!bytesEqual(tree.root(), root))
    return fail("range", "Rehashed, the entries do not lead to the root of the end checkpoint.");
  if (first === end)
    return pass("range", "Nothing was recorded: both heads are of the same size, and that is signed.");
  return pass(
    "range",
    `Rehashed from entry ${first} on, ${end - first} entries lead to the root of the end checkpoint.`,
  );
}

/** By the name of its hash: what a call was judged by cannot be exchanged. */
function checkDocuments(
  { crypto }: PackPort,
  { files, readText }: ReadablePack,
  texts: DocumentTexts,
): Check {
  const wrong: string[] = [];
  let count = 0;
  if (documentsBytes(files) > documentsBytesMax)
    return fail("documents", "They are more than any pack holds.");
  for (const path of files.keys()) {
    const [, kind, sha256 = ""] = /^(policy|catalog)\/([0-9a-f]{64})\.json$/.exec(path) ?? [];
    if (kind === undefined) continue;
    count += 1;
    const text = readText(path);
    if (text === null || toHex(crypto.sha256(utf8Bytes(text))) !== sha256)
      wrong.push(`${path} has another hash`);
    else if ((kind === "policy" ? policyOf(text) : catalogOf(text)) === null)
      wrong.push(`${path} is no ${kind}`);
  }
  if (wrong.length > 0) return fail("documents", `${wrong.slice(0, 5).join("; ")}.`);
  return pass(
    "documents",
    `${count} policies and catalogs have the hash they are named by (${texts.policies.size} and ${texts.catalogs.size}).`,
  );
}

function openingsOf({ readText, files }: ReadablePack): {
  readonly list: readonly Opening[];
  readonly problem: string | null;
} {
  if (!files.has(packFiles.openings)) return { list: [], problem: null };
  try {
    return { list: parseOpenings(readText(packFiles.openings) ?? "\n"), problem: null };
  } catch (error) {
    if (!(error instanceof OpeningError)) throw error;
    return { list: [], problem: error.message };
  }
}

function countersCheck({ balance }: ComputedReport): Check[] {
  const name = "counters";
  // Entries that are not here: that is said by "entries present".
  if (!isCovered(balance)) return [];
  const { intents, outcomes, unknown, open, missing, objections } = balance;
  const sums = `${intents} numbers given out: ${outcomes} with an end, ${unknown} whose end nobody saw, ${open} still open, ${missing} missing`;
  if (objections.count === 0) return [pass(name, `${sums}.`)];
  return [fail(name, `${sums}. ${objections.rows.slice(0, 3).join(" ")}`)];
}

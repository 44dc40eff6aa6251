import { describe, expect, it } from "vitest";
import type { AttemptFacts } from "../../calls/attempt-facts.ts";
import { everyCall } from "../../reports/call-filter.ts";
import { isCovered } from "../../reports/computed-report.ts";
import type { UsageOfProject } from "../../reports/usage-rows.ts";
import { chat, dialled } from "../../testing/case.ts";
import { toBase64, utf8Bytes } from "../bytes.ts";
import { callDraft } from "../entries/call-draft.ts";
import type { Detail } from "../entries/detail-codec.ts";
import { sampleOrigin, strangerKey } from "../testing/sample-log.ts";
import { checkOf } from "./check-range.ts";
import { type PackCheck, packChecks } from "./pack-checks.ts";
import { catalogFile, packFiles, packTables, policyFile } from "./pack-files.ts";
import {
  atSecond,
  beside,
  body,
  type Case,
  changed,
  clockVkey,
  cover,
  drop,
  keyOf,
  lineage,
  logVkey,
  old,
  opened,
  otherKey,
  otherRoot,
  otherTenant,
  policies,
  put,
  relisted,
  report,
  rootAt,
  signedBy,
  stranger,
  strangerAtStart,
  withKeys,
} from "./testing/changed-packs.ts";
import {
  beat,
  comparedDay,
  comparedDrafts,
  countedDay,
  policyText,
  sampleCall,
  sampleDrafts,
  sha256Of,
} from "./testing/sample-calls.ts";
import { absentLine, samplePack, sampleSigners, sampleSignersAtStart } from "./testing/sample-pack.ts";
import { notPassed, verifySample } from "./testing/verify-sample.ts";

/**
 * For each check, and each thing that it asks, a pack that nothing else refuses. Whoever takes out a check or one condition of
 * it, or lets it pass everything, finds its line here red: the pack would pass.
 */
const refusedByOne: Readonly<
  Record<Exclude<PackCheck, "archive" | "manifest form">, Readonly<Record<string, () => Case>>>
> = {
  "pack id": { "another id": () => samplePack({ id: "0".repeat(32) }) },
  "files listed": {
    "there and not listed": () => samplePack({ after: put(packFiles.openings, "") }),
    "listed and not there": () =>
      samplePack({ openings: (all) => all, after: (files) => void files.delete(packFiles.openings) }),
    "of another size": () =>
      relisted((file) => (file.path === packFiles.words ? { ...file, bytes: file.bytes + 1 } : file)),
    "of a name that no pack has": () => samplePack({ files: put("trust-root.json", "{}") }),
  },
  "file hashes": {
    "changed after": () => samplePack({ after: put(packFiles.words, "How to believe this pack\n") }),
  },
  "manifest signature": {
    "a stranger's": () => samplePack({ noteSigners: [strangerKey.signer(sampleOrigin)] }),
    "of a key that ended before the range does": () => ({
      ...samplePack({ endSigners: signedBy(sampleOrigin, sampleSigners) }),
      trustRoot: withKeys({ ...logVkey, to_size: 11 }, keyOf(otherKey, sampleOrigin), clockVkey),
    }),
    "of a clock's key": () => ({
      ...samplePack({ noteSigners: [otherKey.signer(sampleOrigin)] }),
      trustRoot: withKeys(logVkey, clockVkey, keyOf(otherKey, sampleOrigin, { role: "clock" })),
    }),
    "of an earlier epoch": () => ({
      ...samplePack({ noteSigners: [otherKey.signer(lineage(0))] }),
      trustRoot: beside(lineage(0), 0),
    }),
    "of another tenant's later log": () => ({
      ...samplePack({ noteSigners: [otherKey.signer(otherTenant)] }),
      trustRoot: beside(otherTenant, 2),
    }),
    "of a key that somebody else may hold": () => ({
      ...samplePack({ endSigners: signedBy(sampleOrigin, sampleSigners) }),
      trustRoot: withKeys({ ...logVkey, status: "compromised" }, keyOf(otherKey, sampleOrigin), clockVkey),
    }),
    "over another manifest": () =>
      samplePack({ after: (files) => void files.set(packFiles.note, otherNote()) }),
  },
  "start checkpoint": { "a stranger's": () => samplePack({ first: 3, startSigners: strangerAtStart }) },
  "end checkpoint": { "a stranger's": () => samplePack({ endSigners: stranger }) },
  "same log": {
    "another root in the manifest": () => samplePack({ manifestRoot: otherRoot }),
    "2.17 row 8: the end of another tenant's log": () => ({
      ...samplePack({ endHead: { origin: otherTenant }, endSigners: signedBy(otherTenant, sampleSigners) }),
      trustRoot: beside(otherTenant, 1),
    }),
    "a deployment that the log is none of": () =>
      samplePack({ manifest: (manifest) => ({ ...manifest, deployment: "elsewhere" }) }),
    "an end of another size": () => samplePack({ endHead: { size: 13n } }),
    "2.17 row 8: the start of another tenant's log": () => ({
      ...samplePack({
        first: 3,
        startHead: { origin: otherTenant },
        startSigners: signedBy(otherTenant, sampleSignersAtStart),
      }),
      trustRoot: beside(otherTenant, 1),
    }),
    "a start of another size": () => samplePack({ first: 3, startHead: { size: 2n } }),
  },
  "start frontier": {
    "another root": () => samplePack({ first: 3, startRoot: otherRoot }),
    "one hash more": () =>
      samplePack({
        first: 3,
        files: (files) => {
          const hashes = new TextDecoder().decode(files.get(packFiles.startFrontier));
          files.set(packFiles.startFrontier, utf8Bytes(`${hashes}${hashes}`));
        },
      }),
  },
  period: {
    "final, and signed before its end": () => samplePack({ endTime: "2026-11-22T23:59:59.000Z" }),
    "a start that was signed in the period": () =>
      samplePack({ first: 3, startSigners: atSecond("2026-11-22T00:00:00.000Z") }),
  },
  range: { "another root": () => samplePack({ endRoot: otherRoot }) },
  "entries present": {
    withheld: () =>
      samplePack({ line: (line, index, leaf) => (index === 5 ? absentLine(leaf, "withheld") : line) }),
  },
  "leaf hashes": {
    "another hash beside": () =>
      samplePack({
        files: (files) => {
          const leaves = files.get("log/leaves-00000000.bin");
          if (leaves) leaves[40] = (leaves[40] ?? 0) ^ 1;
        },
      }),
  },
  "entry form": {
    "another order": () => samplePack({ entry: changed(11, ({ v, ...entry }) => ({ v, ...entry })) }),
  },
  "entry place": {
    "another place": () => samplePack({ entry: changed(11, (entry) => ({ ...entry, index: 4 })) }),
    "2.17 row 8: another log": () =>
      samplePack({ entry: changed(11, (entry) => ({ ...entry, log: otherTenant })) }),
  },
  "entry meaning": {
    "a member nobody knows": () => samplePack({ entry: changed(11, body({ zone: "east" })) }),
  },
  commitments: {
    "another value": () => opened((each) => ({ ...each, value: "somebody else" })),
    "another salt": () => opened((each) => ({ ...each, salt: toBase64(otherRoot) })),
    "a field that was not committed to": () => opened((each) => ({ ...each, field: "nothing" })),
    "an entry outside the range": () => opened((each) => ({ ...each, index: 12 })),
    "a form that is none": () => samplePack({ files: put(packFiles.openings, "null\n") }),
  },
  documents: {
    "another hash": () => samplePack({ files: put(policyFile("0".repeat(64)), policyText) }),
    "no policy": () => samplePack({ files: put(policyFile(sha256Of("{}")), "{}") }),
    "no catalog": () => samplePack({ files: put(catalogFile(sha256Of("{}")), "{}") }),
  },
  "judged again": {
    "another verdict": () =>
      samplePack({
        entry: changed(5, body({ band: "permitted", basis: "none", reasons: [], verdict: "compliant" })),
      }),
  },
  comparisons: {
    "missing requests that pass for none": () => compared({ state: "agrees", missing: 0 }),
    "fewer missing than follow from the counts": () => compared({ missing: 2 }),
    "more missing than follow from the counts": () => compared({ missing: 4 }),
    "a day that can be compared and is said not to be": () =>
      compared({ state: "not_comparable", missing: 0 }),
    "fewer at the provider, and said to agree": () =>
      compared({ providerRequests: 36, state: "agrees", missing: 0 }),
    "another rule": () => compared({ rule: 2 }),
    "a form that nobody knows": () => compared({ open: "none" }),
    "a day that no calendar has": () => compared({ day: "2026-02-30" }),
    "less than nothing": () => compared({ batchRequests: -1 }),
    "more with a success than were sent": () => compared({ accepted: 41 }),
    "more told by others than were sent": () => compared({ reported: 41 }),
    "more near its ends than were sent": () => compared({ ownEdge: 41 }),
    "a day that was settled before its figures were final": () =>
      samplePack({ drafts: [...sampleDrafts, comparedDay({}, "2026-11-21T23:59:59.999Z")] }),
    "a day that is told twice": () => samplePack({ drafts: [...comparedDrafts, comparedDay()] }),
    "more that were sent than calls are here": () => held({ providerRequests: 11, sent: 11 }),
    "more with a success than calls were answered so": () =>
      held(
        { accepted: 10 },
        { status: 429, echo: { ...dialled("eu.api.openai.com").echo, projectId: null } },
      ),
    "more told by others than calls were": () => held({ reported: 1 }),
    "more beside the day than calls are here": () => held({ providerRequests: 11, edge: 1 }),
    "more of no known project than calls are here": () => held({ providerRequests: 11, unnamed: 1 }),
    "calls that named another project": () =>
      held({}, { echo: { ...dialled("eu.api.openai.com").echo, projectId: "proj_other" } }),
  },
  counters: { "a number missing": () => samplePack({ drafts: sampleDrafts.with(11, beat(11)) }) },
  "report form": {
    "of another pack": () => report(() => ({ id: "f".repeat(32) })),
    "of another tenant": () =>
      report(({ stated: { cover: was, ...stated } }) => ({
        stated: {
          ...stated,
          cover: { ...was, tenant: { ...was.tenant, id: `${was.tenant.id.slice(0, -1)}b` } },
        },
      })),
    "of another tenant's name": () =>
      report(({ stated: { cover: was, ...stated } }) => ({
        stated: { ...stated, cover: { ...was, tenant: { ...was.tenant, slug: "suedbank" } } },
      })),
    "simulated or not": () => cover({ simulated: true }),
    "simulated calls that pass for real ones": () =>
      samplePack({
        drafts: sampleDrafts.with(3, callDraft(sampleCall(3, { facts: chat({ simulated: true }) }))),
      }),
    "real calls that pass for simulated ones": () =>
      samplePack({
        manifest: (manifest) => ({ ...manifest, simulated: true }),
        report: (made) => ({
          ...made,
          stated: { ...made.stated, cover: { ...made.stated.cover, simulated: true } },
        }),
      }),
    "in the place of another": () => cover({ supersedes: "f".repeat(32) }),
    "a filter in other words": () =>
      samplePack({
        frame: { filter: { ...everyCall, verdicts: ["compliant"] } },
        report: (made) => ({
          ...made,
          stated: { ...made.stated, cover: { ...made.stated.cover, filter_words: "Every call." } },
        }),
      }),
    "no filter, in words of one": () => cover({ filter_words: 'Calls judged "Within policy".' }),
    "as of another day": () => cover({ as_of: "2031-01-01T00:00:00.000Z" }),
    "a policy untold": () => policies(() => []),
    "a policy of another text": () =>
      policies((told) => told.map((each) => ({ ...each, sha256: "0".repeat(64) }))),
    "a policy invented": () =>
      policies((told) => [...told, ...told.map((each) => ({ ...each, version: 9, sha256: "0".repeat(64) }))]),
    "no report.pdf": () => drop(packFiles.pdf),
    "no VERIFY.md": () => drop(packFiles.words),
    "no table of findings": () => drop(packFiles.findings),
    "no table of calls": () => drop(packTables[0]),
    "no table of exceptions": () => drop(packTables[1]),
  },
  figures: {
    "a list without its rows": () =>
      samplePack({ computed: (computed) => ({ ...computed, deviations: { count: 0, rows: [] } }) }),
    "another count of what is missing": () => usage((row) => ({ ...row, missing: 1 })),
    "a project without its days": () => usage(() => null),
    "no word of the provider's count": () =>
      samplePack({
        drafts: comparedDrafts,
        computed: (computed) => ({ ...computed, provider_usage: { not_covered: "No day was compared." } }),
      }),
    "a pin of another source": () =>
      samplePack({
        drafts: comparedDrafts,
        computed: ({ pins, ...computed }) => ({
          ...computed,
          pins: {
            ...pins,
            statements: {
              ...pins.statements,
              rows: pins.statements.rows.map((row) => ({ ...row, source: "attestation" as const })),
            },
          },
        }),
      }),
  },
  "findings table": {
    "another table": () => samplePack({ files: put(packFiles.findings, "finding,title\r\n") }),
  },
  since: {
    "a record that was rewritten": () => ({
      zip: samplePack().zip,
      since: samplePack({ drafts: sampleDrafts.with(4, beat(3)) }).noteAt(7),
    }),
    "a stranger's": () => old({}, strangerAtStart),
    "of another log": () => ({
      ...old({ origin: otherTenant }, signedBy(otherTenant, sampleSignersAtStart)),
      trustRoot: beside(otherTenant, 1),
    }),
    "from before the range": () => old({ size: 2n, root: rootAt(2) }),
    "from behind the range": () => old({ size: 13n, root: rootAt(12) }),
  },
};

/** A log that says something else of the day. */
const compared = (detail: Detail) => samplePack({ drafts: [...sampleDrafts, comparedDay(detail)] });

/** The day of the sample calls, the first of them with this attempt; all of them are in the range, and the day before, too. */
const held = (detail: Detail, attempt: Partial<AttemptFacts> = {}) =>
  samplePack({
    drafts: [
      ...sampleDrafts.with(
        1,
        callDraft(sampleCall(1, { attempts: [{ ...dialled("eu.api.openai.com"), ...attempt }] })),
      ),
      countedDay(detail),
    ],
    first: 1,
    frame: { period: { from: "2026-11-21T00:00:00.000Z", to: "2026-11-23T00:00:00.000Z" } },
    startSigners: atSecond("2026-11-20T23:59:51.000Z"),
  });

/** A report that says something else of each project than the log. */
const usage = (change: (row: UsageOfProject) => UsageOfProject | null) =>
  samplePack({
    drafts: comparedDrafts,
    computed: ({ provider_usage: said, ...computed }) => {
      if (!isCovered(said)) throw new Error("There is no day in it.");
      const rows = said.earlier.rows.flatMap((row) => change(row) ?? []);
      return { ...computed, provider_usage: { ...said, earlier: { count: rows.length, rows } } };
    },
  });

/** A note of another pack's, properly signed. */
const otherNote = () => samplePack({ id: "1".repeat(32) }).files.get(packFiles.note) as Uint8Array;

const cases = Object.entries(refusedByOne).flatMap(([check, all]) =>
  Object.entries(all).map(([what, make]) => [check as PackCheck, what, make] as const),
);

describe("2.17 row 20: no check of the verifier can be taken out unseen, nor any condition of one", () => {
  it("has a pack for every check but those without which nothing can be read", () => {
    expect(["archive", "manifest form", ...Object.keys(refusedByOne)].sort()).toEqual([...packChecks].sort());
  });

  it.each(cases)("%s: %s is refused by it alone, and would pass without it", (name, _what, make) => {
    const { zip, since, trustRoot } = make();
    const given = { ...(trustRoot && { trustRoot }), ...(since && { since }) };
    const found = verifySample(zip, given);
    expect(found.verdict).not.toBe("PASS");
    expect(
      new Set(found.checks.filter(({ result }) => result !== "PASS").map((check) => checkOf(check.name))),
    ).toEqual(new Set([name]));
    const without = verifySample(zip, { ...given, without: [name] });
    expect(notPassed(without)).toEqual([]);
    expect(without.verdict).toBe("PASS");
  });

  it("a compared day is held against the calls that are here, and not where some of them are not", () => {
    const sentence = (zip: Uint8Array, verdict = "PASS") => {
      const found = verifySample(zip);
      expect(found.verdict).toBe(verdict);
      return found.checks.find(({ name }) => name === "comparisons")?.words;
    };
    expect(sentence(held({}).zip)).toContain("1 of them claim no more calls than are here");
    // Fewer than there are: what came in after the day was settled is not in it.
    expect(sentence(held({ sent: 9, accepted: 9, providerRequests: 9 }).zip)).toContain("1 of them claim");
    // A call whose answer names no project may be of any.
    const silent = { echo: { ...dialled("eu.api.openai.com").echo, projectId: null } };
    expect(sentence(held({}, silent).zip)).toContain("1 of them claim");
    expect(sentence(compared({}).zip)).toContain("0 of them claim");
    const many = { providerRequests: 11, sent: 11 };
    // The range begins within the day, so that some of it may stand before.
    const later = samplePack({ drafts: [...sampleDrafts, countedDay(many)] });
    expect(sentence(later.zip)).toContain("0 of them claim");
    const withheld = samplePack({
      drafts: [...sampleDrafts, countedDay(many)],
      line: (line, index, leaf) => (index === 2 ? absentLine(leaf, "withheld") : line),
      frame: { disclosure: "selected" },
    });
    expect(sentence(withheld.zip, "UNVERIFIABLE")).toContain("None was held against the calls");
  });

  it("a file larger than any is neither listed nor read", () => {
    const padded = policyText.padEnd(1_048_577);
    const { zip } = samplePack({ files: put(policyFile(sha256Of(padded)), padded) });
    expect(notPassed(verifySample(zip))).toEqual(["FAIL files listed", "FAIL documents"]);
    const long = samplePack({ manifest: (manifest) => ({ ...manifest, deployment: "x".repeat(8_388_608) }) });
    expect(notPassed(verifySample(long.zip))).toEqual(["FAIL manifest form"]);
  });

  it("an entry that is opened and not here has nothing that it could be held against", () => {
    const { zip } = samplePack({
      openings: (all) => all.slice(0, 1),
      line: (line, index, leaf) => (index === 1 ? absentLine(leaf, "pruned") : line),
    });
    expect(notPassed(verifySample(zip))).toEqual(["UNVERIFIABLE entries present", "FAIL commitments"]);
  });
});

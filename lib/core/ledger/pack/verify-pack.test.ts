import { describe, expect, it } from "vitest";
import type { ReportFilter } from "../../reports/call-filter.ts";
import { utf8Bytes } from "../bytes.ts";
import { encodeEntry } from "../entries/entry.ts";
import { lostTrustRoot, sampleOrigin, sampleTrustRoot, strangerKey } from "../testing/sample-log.ts";
import { checkerOfEntries } from "./check-entries.ts";
import { packFiles } from "./pack-files.ts";
import { beside, lineage, otherKey, rootAt } from "./testing/changed-packs.ts";
import { beat, sampleDrafts } from "./testing/sample-calls.ts";
import { absentLine, samplePack, sampleSigners } from "./testing/sample-pack.ts";
import { notPassed, port, sourceOf, verifySample } from "./testing/verify-sample.ts";
import { openPack, readWork } from "./verify-pack.ts";

const found = (change: Parameters<typeof samplePack>[0]) => verifySample(samplePack(change).zip);
const wordsOf = (verified: ReturnType<typeof verifySample>, name: string): string =>
  verified.checks.find((check) => check.name === name)?.words ?? "";

describe("a pack as it should be", () => {
  it("passes every check under the trust root, and says what that does not prove", () => {
    const verified = found({});
    expect(notPassed(verified)).toEqual([]);
    expect(verified.verdict).toBe("PASS");
    expect(verified.counts).toEqual({
      entries: 12,
      absent: 0,
      judgedAgain: 10,
      cut: 0,
      unjudged: 0,
      opened: 0,
    });
    expect(verified.notProven[0]).toContain("compliance");
  });

  it("passes from the middle of a log, with opened values, and under a checkpoint kept before, inside and at the end", () => {
    const { zip, noteAt } = samplePack({ first: 3, openings: (all) => all.filter(({ index }) => index > 3) });
    for (const at of [3, 7, 12]) {
      const verified = verifySample(zip, { since: noteAt(at) });
      expect(notPassed(verified)).toEqual([]);
      expect(verified.counts.opened).toBeGreaterThan(8);
    }
    expect(verifySample(zip, { since: noteAt(2) }).verdict).toBe("UNVERIFIABLE");
  });

  it("is the same bytes each time", () => {
    expect(samplePack({ first: 3 }).zip.equals(samplePack({ first: 3 }).zip)).toBe(true);
  });
});

describe("an old checkpoint", () => {
  it("2.17 row 20: from elsewhere in the log cannot be told, and never reads as a record that was rewritten", () => {
    const { zip, noteAt } = samplePack({ first: 3 });
    const told = (since: string) => notPassed(verifySample(zip, { since }));
    const root = new Uint8Array(32).fill(7);
    expect(told(noteAt(2))).toEqual(["UNVERIFIABLE since"]);
    expect(told(noteAt(12, undefined, { size: 13n, root }))).toEqual(["UNVERIFIABLE since"]);
    expect(told(noteAt(7, undefined, { root }))).toEqual(["FAIL since"]);
    expect(told(noteAt(7, [strangerKey.signer(sampleOrigin), ...sampleSigners.slice(1)]))).toEqual([
      "FAIL since",
    ]);
    expect(told("nothing of the kind")).toEqual(["FAIL since"]);
  });
});

describe("whose word counts", () => {
  it("without a trust root nothing ends better than unverifiable", () => {
    const verified = verifySample(samplePack().zip, { trustRoot: null });
    expect(verified.verdict).toBe("UNVERIFIABLE");
    expect(verified.checks.filter(({ result }) => result === "FAIL")).toEqual([]);
  });

  it("2.17 row 7: a pack that somebody else signed, with a trust root of his own in it, does not pass", () => {
    const stranger = [strangerKey.signer(sampleOrigin), ...sampleSigners.slice(1)];
    const forged = samplePack({
      noteSigners: [strangerKey.signer(sampleOrigin)],
      endSigners: stranger,
      files: (files) => void files.set("trust-root.json", utf8Bytes(JSON.stringify(sampleTrustRoot()))),
    });
    expect(notPassed(verifySample(forged.zip))).toEqual([
      "FAIL files listed",
      "FAIL manifest signature",
      "FAIL end checkpoint signature",
    ]);
  });

  it("a key that was replaced since may sign the list; one that somebody else may hold does not show anything", () => {
    const { zip } = samplePack();
    expect(
      verifySample(zip, { trustRoot: sampleTrustRoot({}, { to_size: 12, status: "retired" }) }).verdict,
    ).toBe("PASS");
    expect(
      verifySample(zip, { trustRoot: sampleTrustRoot({}, { to_size: 11, status: "retired" }) }).verdict,
    ).toBe("FAIL");
    expect(
      verifySample(zip, { trustRoot: sampleTrustRoot({}, { status: "compromised", reason: "lost" }) })
        .verdict,
    ).toBe("UNVERIFIABLE");
    expect(verifySample(zip, { trustRoot: { v: 1, deployment: "other", logs: [] } }).verdict).toBe(
      "UNVERIFIABLE",
    );
  });
});

describe("a log that was sealed because its keys were lost", () => {
  const next = lineage(2);
  const lostAt = (size: number, root = rootAt(size)) => {
    const lost = lostTrustRoot(size, root);
    const [, later] = beside(next, 2).logs;
    if (!later) throw new Error("There is no next epoch.");
    return { ...lost, logs: [...lost.logs, later] };
  };
  const noteSigners = [otherKey.signer(next)];

  it("is proven from its beginning to the seal by the trust root, listed by a key of its next epoch, without a time", () => {
    const { zip } = samplePack({ noteSigners });
    const verified = verifySample(zip, { trustRoot: lostAt(12) });
    expect(notPassed(verified)).toEqual([]);
    expect(verified).toMatchObject({ verdict: "PASS", signedAt: null, isTimeLost: true });
    expect(verified.notProven.join(" ")).toMatch(
      /When it was signed: the keys that say so may be in other hands/,
    );
    expect(wordsOf(verified, "period")).toContain("ends where the log was sealed");
  });

  it("goes on from a checkpoint that was kept, whoever signed it, and not from one that a thief made up", () => {
    const { zip, noteAt } = samplePack({ noteSigners });
    const trustRoot = lostAt(12);
    expect(verifySample(zip, { trustRoot, since: noteAt(7, sampleSigners) }).verdict).toBe("PASS");
    const forged = noteAt(7, sampleSigners, { root: new Uint8Array(32).fill(7) });
    expect(notPassed(verifySample(zip, { trustRoot, since: forged }))).toEqual(["UNVERIFIABLE since"]);
  });

  it("is not proven by what a thief can sign: a list, another end, a beginning whose time he chose", () => {
    const trustRoot = lostAt(12);
    expect(notPassed(verifySample(samplePack().zip, { trustRoot }))).toEqual([
      "UNVERIFIABLE manifest signature",
    ]);
    expect(notPassed(verifySample(samplePack({ noteSigners }).zip, { trustRoot: lostAt(11) }))).toContain(
      "FAIL end checkpoint seal",
    );
    expect(
      notPassed(verifySample(samplePack({ noteSigners }).zip, { trustRoot: lostAt(12, rootAt(11)) })),
    ).toContain("FAIL end checkpoint seal");
    expect(notPassed(verifySample(samplePack({ first: 3, noteSigners }).zip, { trustRoot }))).toEqual([
      "UNVERIFIABLE start checkpoint signature",
      "UNVERIFIABLE start checkpoint time",
    ]);
    const early = samplePack({ noteSigners, frame: { status: "provisional" } });
    expect(notPassed(verifySample(early.zip, { trustRoot }))).toEqual(["UNVERIFIABLE period"]);
  });
});

describe("what is named where it breaks, and what comes behind it", () => {
  it("2.17 row 8: an entry of another tenant's log, put in the place of one", () => {
    const foreign = encodeEntry({
      log: "domicile.ledger/zzzzzzzzzzzzzzzzzzzzzzzzzz/e1",
      index: 11,
      type: "heartbeat",
      at: "2026-11-22T09:00:01.000Z",
      body: beat(10).body,
    });
    const verified = found({ line: (line, index) => (index === 11 ? foreign : line) });
    expect(notPassed(verified)).toEqual(["FAIL range", "FAIL leaf hashes", "FAIL entry place"]);
    expect(wordsOf(verified, "entry place")).toContain(
      "Entry 11 says that it belongs to the log domicile.ledger/zzz",
    );
    // Signed into the log itself, it is still somebody else's.
    expect(notPassed(found({ entry: (bytes, index) => (index === 11 ? foreign : bytes) }))).toEqual([
      "FAIL entry place",
    ]);
  });

  it("2.17 row 9: two adjacent losses are told as two missing entries, and the walk goes on behind them", () => {
    const verified = found({
      line: (line, index) =>
        index === 4 || index === 5
          ? null
          : index === 8
            ? utf8Bytes(new TextDecoder().decode(line).replace("eu.api", "us.api"))
            : line,
    });
    expect(wordsOf(verified, "entry place")).toBe("Entry 4 and those up to 5 are missing: 2 entries.");
    expect(wordsOf(verified, "leaf hashes")).toContain("Entry 8 is not what was hashed into the log.");
    expect(verified.verdict).toBe("FAIL");
  });

  it("2.17 row 1: entries cut off at the end, and all of them", () => {
    expect(wordsOf(found({ line: (line, index) => (index > 8 ? null : line) }), "entry place")).toContain(
      "Entry 9 and those up to 11 are missing",
    );
    expect(found({ line: () => null }).verdict).toBe("FAIL");
  });

  it("2.17 row 2: a beginning that was cut off is told as missing, not as changed", () => {
    const verified = found({ line: (line, index) => (index < 2 ? null : line) });
    expect(wordsOf(verified, "entry place")).toBe("Entry 0 and those up to 1 are missing: 2 entries.");
    expect(wordsOf(verified, "leaf hashes")).toContain("12 entries have the hash");
  });

  it("2.17 row 4: one flipped bit in any stored byte is caught, whatever file it is in", () => {
    const { files } = samplePack({ first: 3, openings: (all) => all.slice(-2) });
    const missed: string[] = [];
    for (const [path, bytes] of files) {
      for (const at of [0, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2), bytes.length - 1]) {
        const changed = samplePack({
          first: 3,
          openings: (all) => all.slice(-2),
          after: (all) => {
            const copy = Uint8Array.from(all.get(path) ?? []);
            copy[at] = (copy[at] ?? 0) ^ 1;
            all.set(path, copy);
          },
        });
        if (verifySample(changed.zip).verdict === "PASS") missed.push(`${path} at ${at}`);
      }
    }
    expect(files.size).toBe(16);
    expect(missed).toEqual([]);
  });
});

describe("a range of which nothing, or not all, is here", () => {
  it("2.17 row 1: an empty range passes where its emptiness is signed, and says so", () => {
    const verified = found({ first: 12, end: 12 });
    expect(notPassed(verified)).toEqual([]);
    expect(wordsOf(verified, "range")).toContain("Nothing was recorded");
    expect(verifySample(samplePack({ first: 12, end: 12 }).zip, { trustRoot: null }).verdict).toBe(
      "UNVERIFIABLE",
    );
    const unsigned = samplePack({ first: 12, end: 12, noteSigners: [strangerKey.signer(sampleOrigin)] });
    expect(verifySample(unsigned.zip).verdict).toBe("FAIL");
  });

  it("2.17 row 6: files of entries that are not in it are no empty range", () => {
    const verified = found({ files: (files) => void files.delete("log/entries-00000000.ndjson") });
    expect(verified.verdict).toBe("FAIL");
    expect(notPassed(verified)).toContain("FAIL range");
  });

  it("2.17 row 17: after the bytes have expired the hashes still lead to the head, and the pack says what is not here", () => {
    const verified = found({ line: (line, index, leaf) => (index < 4 ? absentLine(leaf, "pruned") : line) });
    expect(notPassed(verified)).toEqual(["UNVERIFIABLE entries present"]);
    expect(verified.counts).toMatchObject({ entries: 12, absent: 4, judgedAgain: 7 });
    expect(wordsOf(verified, "range")).toContain("12 entries lead to the root");
    expect(verified.computed?.not_shown).toContain(
      "4 entries whose bytes have expired; only their hashes are kept.",
    );
  });

  it("2.17 row 17: after a person is erased every entry verifies, with nothing left to open", () => {
    const before = samplePack({ openings: (all) => all });
    const after = samplePack({ openings: (all) => all.filter(({ value }) => value !== "person-1") });
    expect(verifySample(before.zip).verdict).toBe("PASS");
    expect(verifySample(after.zip).verdict).toBe("PASS");
    expect(new TextDecoder().decode(after.files.get(packFiles.openings))).not.toContain("person-1");
  });

  it("a hash that is not the log's does not stand for an entry", () => {
    const other = new Uint8Array(32).fill(9);
    const verified = found({ line: (line, index) => (index === 4 ? absentLine(other, "withheld") : line) });
    expect(notPassed(verified)).toEqual(["FAIL range", "UNVERIFIABLE entries present", "FAIL leaf hashes"]);
  });
});

describe("more kinds of calls than are counted", () => {
  it("leaves the figures untold in words, whatever memory there is, and checks the entries all the same", () => {
    const { zip } = samplePack();
    const opened = openPack(port, sourceOf(zip), { trustRoot: sampleTrustRoot() });
    if ("verdict" in opened) throw new Error("It cannot be opened.");
    const check = checkerOfEntries(port.crypto, opened.context);
    const [job] = opened.jobs;
    const place = job && opened.workOf(job);
    if (!place) throw new Error("It has no entries.");
    const outcome = check(readWork(sourceOf(zip), place));
    const [row] = outcome.part.shapes.values();
    if (!row) throw new Error("It has no calls.");
    // As a caller would bring it about that asks for another model each time.
    for (let i = 0; i < 100_001; i++) outcome.part.shapes.set(`model ${i}`, row);
    opened.add(outcome);
    const verified = opened.end();
    expect(notPassed(verified)).toEqual(["UNVERIFIABLE counters", "UNVERIFIABLE figures"]);
    expect(wordsOf(verified, "figures")).toContain("more than 100000 kinds");
    expect(verified.computed).toBeNull();
    expect(verified.counts).toMatchObject({ entries: 12, absent: 0, judgedAgain: 10 });
  });
});

describe("what this program does not know", () => {
  const at5 =
    (change: (text: string) => string) =>
    (bytes: Uint8Array, index: number): Uint8Array =>
      index === 5 ? utf8Bytes(change(new TextDecoder().decode(bytes))) : bytes;

  it("2.17 row 14: an unknown word, member, type or version leaves it unverifiable, never read as something else", () => {
    const changes: ((text: string) => string)[] = [
      (text) => text.replace('"verdict":"violation"', '"verdict":"violated"'),
      (text) => text.replace('"end":"complete"', '"end":"vanished"'),
      (text) => text.replace(/"facts_v":\d/, '"facts_v":99'),
      (text) => text.replace('"type":"call"', '"type":"dream"'),
      (text) => text.replace('"v":1}', '"v":2}'),
    ];
    for (const change of changes) {
      const verified = found({ entry: at5(change) });
      expect(verified.verdict).not.toBe("PASS");
      expect(verified.counts.judgedAgain).toBe(9);
    }
  });

  it("a verdict of another judge is not judged again, and the outcome says so", () => {
    const verified = found({
      entry: at5((text) => text.replace(/"judge_version":\d+/, '"judge_version":1')),
    });
    expect(notPassed(verified)).toEqual(["UNVERIFIABLE judged again"]);
  });

  it("a policy that is not in the pack leaves its calls unjudged", () => {
    const verified = found({
      files: (files) => {
        for (const path of files.keys()) if (path.startsWith("policy/")) files.delete(path);
      },
    });
    expect(notPassed(verified)).toEqual(["UNVERIFIABLE judged again"]);
  });

  it("another period's call without its policy, as in earlier packs, is no reason to doubt, and is counted", () => {
    const verified = found({
      frame: { period: { from: "2026-11-22T10:00:00.000Z", to: "2026-11-23T00:00:00.000Z" } },
      files: (files) => {
        for (const path of files.keys()) if (path.startsWith("policy/")) files.delete(path);
      },
    });
    expect(notPassed(verified)).toEqual([]);
    expect(verified.counts).toMatchObject({ judgedAgain: 0, unjudged: 10 });
    expect(wordsOf(verified, "judged again")).toContain("of 10 outside the report the policy or the catalog");
    expect(verified.notProven.join(" ")).toContain("10 calls outside the report");
    expect(verified.computed?.population.calls).toMatchObject({ selected: 0, earlier: 10 });
  });

  it("2.17 row 9: a final pack of a log that was sealed within the period ends with the log", () => {
    const { zip, manifest } = samplePack({ endTime: "2026-11-22T12:00:00.000Z" });
    expect(notPassed(verifySample(zip))).toEqual(["FAIL period"]);
    const sealed = { size: 12, root: manifest.end_root, reason: "moved" };
    expect(notPassed(verifySample(zip, { trustRoot: sampleTrustRoot({ sealed }) }))).toEqual([]);
  });

  it("2.17 row 16: sizes near 2^53, and numbers that no double holds, are refused in words", () => {
    const most = Number.MAX_SAFE_INTEGER;
    const ranged = (first: number, end: number) =>
      notPassed(found({ manifest: (manifest) => ({ ...manifest, range: { first, end } }) }));
    expect(ranged(most - 1, most)).toContain("FAIL files listed");
    // Nobody has to sign that, and no list of its files fits anywhere.
    expect(ranged(0, most)).toEqual(["FAIL manifest form"]);
    expect(ranged(0, 20_480_001)).toEqual(["FAIL manifest form"]);
    expect(ranged(0, 20_480_000)).toContain("FAIL files listed");
    const beyond = samplePack({
      after: (files) => {
        const text = new TextDecoder().decode(files.get(packFiles.manifest));
        files.set(packFiles.manifest, utf8Bytes(text.replace('"end":12', '"end":9007199254740993')));
      },
    });
    expect(notPassed(verifySample(beyond.zip))).toEqual(["FAIL manifest form"]);
  });

  it("a provisional pack says whether the period was over when its end was signed", () => {
    const provisional = { status: "provisional" as const };
    const during = found({ frame: provisional, endTime: "2026-11-22T12:00:00.000Z" });
    expect(during.verdict).toBe("PASS");
    expect(wordsOf(during, "period")).toContain("signed before the period was over");
    expect(during.notProven.join(" ")).toContain("which was not over");
    const after = found({ frame: provisional });
    expect(wordsOf(after, "period")).toContain("ends after it, though the pack calls itself provisional");
    expect(after.notProven.join(" ")).not.toContain("which was not over");
  });

  it("the words of every facet of a filter are those that packs were handed over with", () => {
    const filter: ReportFilter = {
      applications: ["019aab00-0000-7000-8000-00000000000e", "b"],
      bands: ["outside"],
      bases: ["observed"],
      causes: ["host_out_of_region"],
      hosts: ["api.openai.com"],
      models: ["gpt-4o", "o3"],
      operations: ["responses.create"],
      regions: ["eu", "global", "none", "unknown"],
      sources: ["gateway"],
      verdicts: ["violation", "unverifiable", "compliant"],
    };
    const said =
      'Calls of the application Ledger, of all things (prod) or Wire, sent to eu, the global host, nowhere or a place that is not known, to the host api.openai.com, for the model gpt-4o or o3, by the operation responses.create, judged "Outside policy", "Not verifiable" or "Within policy", in the band outside, because of host_out_of_region, on the basis observed, known from gateway.';
    const verified = (words: string) =>
      notPassed(
        found({
          frame: { filter },
          report: ({ stated, ...made }) => ({
            ...made,
            stated: { ...stated, cover: { ...stated.cover, filter_words: words } },
          }),
        }),
      );
    expect(verified(said)).toEqual([]);
    expect(verified(said.replace("eu, ", ""))).toEqual(["FAIL report form"]);
    expect(verified(said.replace(" or Wire", ""))).toEqual(["FAIL report form"]);
    expect(verified(`${said} All is well.`)).toEqual(["FAIL report form"]);
  });

  it("a period that begins or ends on a day that no calendar has is refused", () => {
    for (const from of ["2026-02-31T00:00:00.000Z", "2026-02-29T00:00:00.000Z"])
      expect(notPassed(found({ frame: { period: { from, to: "2026-11-23T00:00:00.000Z" } } }))).toEqual([
        "FAIL manifest form",
      ]);
  });

  it("a report over the filter of another pack, or of another tenant, does not pass for this one", () => {
    expect(
      found({ drafts: sampleDrafts.slice(0, 11), report: (report) => ({ ...report, id: "f".repeat(32) }) })
        .verdict,
    ).toBe("FAIL");
  });
});

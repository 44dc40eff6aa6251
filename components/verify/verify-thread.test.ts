import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { comparedDrafts } from "../../lib/core/ledger/pack/testing/sample-calls.ts";
import { samplePack } from "../../lib/core/ledger/pack/testing/sample-pack.ts";
import { sampleTrustRoot } from "../../lib/core/ledger/testing/sample-log.ts";
import type { ThreadAnswer, ThreadOrder } from "./verify-messages.ts";

/** What the thread says, and how it is told something: the page's side of it. */
const said: ThreadAnswer[] = [];
let tell: (order: ThreadOrder) => void;
let heard: () => void = () => undefined;

/** A file of the reader's disk, as far as the thread reads it. */
const fileOf = (bytes: Uint8Array): File =>
  ({
    size: bytes.length,
    slice: (from: number, to: number) => Uint8Array.from(bytes.subarray(from, to)),
  }) as unknown as File;

/** Waits for the answer that ends this run. */
async function answerTo(run: number): Promise<ThreadAnswer> {
  for (;;) {
    const last = said.find((each) => each.is !== "ready" && each.is !== "progress" && each.run === run);
    if (last !== undefined) return last;
    await new Promise<void>((resolve) => {
      heard = resolve;
    });
  }
}

const trustRoot = JSON.stringify(sampleTrustRoot());
const order = (run: number, zip: Uint8Array, trust: string | null = trustRoot): ThreadOrder => ({
  run,
  request: { pack: fileOf(zip), trustRoot: trust, since: null },
});

beforeAll(async () => {
  vi.stubGlobal("self", {
    postMessage: (answer: ThreadAnswer) => {
      said.push(answer);
      heard();
    },
    addEventListener: (_type: string, listen: (event: { data: ThreadOrder }) => void) => {
      tell = (data) => listen({ data });
    },
  });
  vi.stubGlobal(
    "FileReaderSync",
    class {
      readAsArrayBuffer = (bytes: Uint8Array) => bytes.buffer;
    },
  );
  await import("./verify-thread.ts");
});
afterAll(() => void vi.unstubAllGlobals());

it("says what the provider counted where the log holds it", async () => {
  tell(order(9, samplePack({ drafts: comparedDrafts }).zip));
  expect(await answerTo(9)).toMatchObject({
    outcome: {
      verdict: "PASS",
      figures: expect.arrayContaining([
        ["Requests that the provider counted", "43"],
        ["Of these not in the record", "3"],
      ]),
    },
  });
});

it("verifies a pack, and says how far it is", async () => {
  tell(order(1, samplePack().zip));
  expect(await answerTo(1)).toMatchObject({
    is: "outcome",
    outcome: { verdict: "PASS", deployment: "test" },
  });
  expect(said).toContainEqual({ is: "progress", run: 1, entries: 12, of: 12 });
});

it("names every check of a pack whose report holds anything at all", async () => {
  const { zip } = samplePack({ after: (files) => void files.set("report.json", Buffer.from('{"v":1.5}')) });
  tell(order(2, zip));
  const answer = await answerTo(2);
  expect(answer).toMatchObject({ is: "outcome", outcome: { verdict: "FAIL" } });
  expect(answer.is === "outcome" && answer.outcome.checks.length).toBeGreaterThan(20);
});

it("gives a file that cannot be read an outcome of its own, and refuses a trust root that is none", async () => {
  tell({ run: 3, request: { pack: { size: 100 } as File, trustRoot, since: null } });
  expect(await answerTo(3)).toMatchObject({
    is: "outcome",
    outcome: { verdict: "UNVERIFIABLE", checks: [{ name: "verifier" }] },
  });
  tell(order(4, samplePack().zip, "{}"));
  expect(await answerTo(4)).toMatchObject({ is: "refused", words: expect.stringContaining("trust root") });
});

it("leaves off when it is told to, and when another pack is asked for", async () => {
  tell(order(5, samplePack().zip));
  tell(order(6, samplePack({ first: 3 }).zip));
  tell({ run: 7, request: null });
  expect([await answerTo(5), await answerTo(6)]).toEqual([
    { is: "left", run: 5 },
    { is: "left", run: 6 },
  ]);
});

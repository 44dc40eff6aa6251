import { expect, it } from "vitest";
import { utf8Bytes } from "../bytes.ts";
import { sampleTrustRoot } from "../testing/sample-log.ts";
import { checkerOfEntries } from "./check-entries.ts";
import { samplePack } from "./testing/sample-pack.ts";
import { port, sourceOf } from "./testing/verify-sample.ts";
import { openPack, readWork } from "./verify-pack.ts";

it("names the first 20 faults of a kind in a file and counts them all, so that no file fills the memory with words", () => {
  const source = sourceOf(samplePack().zip);
  const opened = openPack(port, source, { trustRoot: sampleTrustRoot() });
  if ("verdict" in opened) throw new Error("It cannot be opened.");
  const [job] = opened.jobs;
  const place = job && opened.workOf(job);
  if (!place) throw new Error("It has no entries.");
  const work = readWork(source, place);
  const junk = utf8Bytes('{"leaf_hash":"none"}\n'.repeat(1_000));
  const { faults, faultCounts } = checkerOfEntries(port.crypto, opened.context)({ ...work, bytes: junk });
  expect(faults.filter(({ check }) => check === "entry form")).toHaveLength(20);
  expect(faultCounts.get("entry form")).toBe(1_000);
});

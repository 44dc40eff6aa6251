import { describe, expect, it } from "vitest";
import { mergeCalls } from "./merge-calls.ts";
import { sampleCall } from "./testing/sample-call.ts";

const at = (id: string, startedAt: string) => sampleCall({ id, startedAt });
const ids = (calls: readonly { readonly id: string }[]) => calls.map((call) => call.id).join(" ");

describe("mergeCalls", () => {
  it("leaves the list as it is while nothing new was let in", () => {
    const list = [at("b", "2026-11-22T10:00:00.000Z")];
    expect(mergeCalls([], list)).toBe(list);
  });

  it("shows a call once that is in the list and in the tail", () => {
    const call = at("b", "2026-11-22T10:00:00.000Z");
    expect(ids(mergeCalls([call], [call]))).toBe("b");
  });

  it("puts a long call, recorded when it ended, where it began", () => {
    const list = [at("c", "2026-11-22T10:02:00.000Z"), at("a", "2026-11-22T10:00:00.000Z")];
    expect(ids(mergeCalls([at("b", "2026-11-22T10:01:00.000Z")], list))).toBe("c b a");
  });

  it("orders calls of the same millisecond by id, newest first, as the pages are", () => {
    const same = "2026-11-22T10:00:00.000Z";
    expect(ids(mergeCalls([at("2", same)], [at("3", same), at("1", same)]))).toBe("3 2 1");
  });
});

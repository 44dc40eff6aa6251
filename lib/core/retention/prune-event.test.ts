import { describe, expect, it } from "vitest";
import { pruneEvent, readPrune } from "./prune-event.ts";

const said = { epoch: 1, from: 0, to: 40, rootAtTo: "AAAA" };

describe("readPrune", () => {
  it("reads what an event says was pruned, and nothing more of it", () => {
    expect(readPrune({ kind: pruneEvent, detail: { ...said, before: "2026-05-01T00:00:00Z" } })).toEqual(
      said,
    );
  });

  it("takes no other event for one", () => {
    expect(readPrune({ kind: "retention.erased", detail: said })).toBeNull();
  });

  it.each([
    ["nothing", { to: 0 }],
    ["a range that ends before it begins", { from: 41 }],
    ["an index below 0", { from: -1 }],
    ["half an entry", { to: 39.5 }],
    ["more than a number holds exactly", { to: 2 ** 53 }],
    ["an index as text", { from: "0" }],
    ["an epoch as text", { epoch: "1" }],
    ["no root", { rootAtTo: null }],
  ])("believes no prune of %s", (_what, over) => {
    expect(readPrune({ kind: pruneEvent, detail: { ...said, ...over } })).toBeNull();
  });
});

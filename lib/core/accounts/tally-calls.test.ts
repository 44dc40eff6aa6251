import { describe, expect, it } from "vitest";
import { operationRows } from "../calls/operations-table.ts";
import { freeOperations } from "../prices/free-operations.ts";
import { nothingRecorded } from "./compare-usage.ts";
import { openKindsOf, openOperations, usageKindOf } from "./counted-as.ts";
import { type CallGroup, tallyCalls } from "./tally-calls.ts";
import { usageKinds } from "./usage-kind.ts";

const mine = "proj_mine";
const other = "proj_other";
const keys = new Map([
  ["key-mine", { projectId: mine, isOpenai: true }],
  ["key-other", { projectId: other, isOpenai: true }],
  ["key-unstated", { projectId: null, isOpenai: true }],
  ["key-azure", { projectId: null, isOpenai: false }],
  ["key-elsewhere", { projectId: "proj_nobody_reads", isOpenai: true }],
]);

const group = (over: Partial<CallGroup> = {}): CallGroup => ({
  named: null,
  namesOther: false,
  credentialId: "key-mine",
  operation: "chat.completions.create",
  place: "inside",
  answer: "accepted",
  reported: false,
  usesTools: false,
  lastOnly: false,
  calls: 5,
  ...over,
});
const tally = (...groups: CallGroup[]) => tallyCalls(groups, [mine, other], keys);
const ofMine = (...groups: CallGroup[]) => tally(...groups).get(mine);

describe("a recorded call is counted", () => {
  it("for the project that its answer names, whatever key it was sent with", () => {
    const tallied = tally(group({ named: other }));
    expect(tallied.get(other)?.completions).toMatchObject({ sent: 5, accepted: 5 });
    expect(tallied.get(mine)?.completions).toEqual(nothingRecorded);
  });

  it("for its key's project where the answer names none", () => {
    expect(ofMine(group())?.completions).toEqual({ ...nothingRecorded, sent: 5, accepted: 5 });
  });

  it.each<[string, Partial<CallGroup>]>([
    ["with the caller's own key", { credentialId: null }],
    ["with a key whose project nobody stated", { credentialId: "key-unstated" }],
    ["with a key that is not there", { credentialId: "key-gone" }],
  ])("for any project: %s and no name in the answer", (_, over) => {
    const tallied = tally(group(over));
    for (const projectId of [mine, other])
      expect(tallied.get(projectId)?.completions).toEqual({ ...nothingRecorded, unnamed: 5 });
  });

  it.each<[string, Partial<CallGroup>]>([
    ["of another provider's key", { credentialId: "key-azure" }],
    ["of a project that is not compared", { credentialId: "key-elsewhere" }],
    ["whose answer names a project that is not compared", { namesOther: true }],
  ])("for none of these: one %s", (_, over) => {
    for (const projectId of [mine, other])
      expect(tally(group(over)).get(projectId)?.completions).toEqual(nothingRecorded);
  });

  it("as sent also where it was refused, at the ends of the day apart, and by whom it was told", () => {
    const counts = ofMine(
      group({ answer: "refused", calls: 1 }),
      group({ answer: "unknown", calls: 2 }),
      group({ place: "own_edge", calls: 3 }),
      group({ place: "edge", calls: 4 }),
      group({ reported: true, calls: 6 }),
    )?.completions;
    expect(counts).toEqual({
      sent: 12,
      accepted: 9,
      reported: 6,
      edge: 4,
      ownEdge: 3,
      unnamed: 0,
      elsewhere: 0,
      open: 0,
    });
  });

  it("as any number where a tool at the provider was used, or a log tells the last attempt alone", () => {
    const tools = ofMine(group({ operation: "responses.create", usesTools: true }));
    expect(tools?.completions).toMatchObject({ sent: 5, open: 5 });
    expect(tools?.images).toMatchObject({ sent: 0, open: 5 });
    expect(tools?.moderations).toEqual(nothingRecorded);
    expect(ofMine(group({ lastOnly: true }))?.completions).toMatchObject({ sent: 5, open: 5 });
    expect(ofMine(group({ operation: "realtime.connect" }))?.completions).toEqual({
      ...nothingRecorded,
      open: 5,
    });
    expect(ofMine(group({ operation: "realtime.connect", answer: "refused" }))?.completions).toEqual(
      nothingRecorded,
    );
  });
});

describe("an operation", () => {
  it("is one request of one kind, any number of some, or none: never two of these", () => {
    for (const [, , id] of operationRows)
      if (usageKindOf(id) !== null) expect(openKindsOf(id), id).toEqual([]);
    for (const id of openOperations)
      expect(
        operationRows.map(([, , known]) => known),
        id,
      ).toContain(id);
  });

  it("that runs a model is counted or excuses more, but where the provider counts it apart", () => {
    // Videos have no usage endpoint among those that are read; a container runs code and no model.
    const apart = /^(?:videos|containers)\./;
    const running = operationRows.map(([, , id]) => id).filter((id) => !freeOperations.includes(id));
    const silent = running.filter((id) => usageKindOf(id) === null && openKindsOf(id).length === 0);
    expect(silent.filter((id) => !apart.test(id))).toEqual([]);
  });

  it("that we do not know may be any number of anything", () => {
    expect(openKindsOf("unknown")).toEqual(usageKinds);
    expect(openKindsOf("models.list")).toEqual([]);
  });

  it("that makes a batch excuses the kinds whose batches are not told apart", () => {
    expect(openKindsOf("batches.create")).not.toContain("completions");
    expect(openKindsOf("batches.create")).toContain("embeddings");
  });
});

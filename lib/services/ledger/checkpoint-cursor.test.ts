import { describe, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { readCheckpointPosition, writeCheckpointPosition } from "./checkpoint-cursor.ts";

describe("the cursor of the list of checkpoints", () => {
  it("comes back as it went, to the millisecond and to the largest size", () => {
    const position = {
      epoch: 3,
      size: Number.MAX_SAFE_INTEGER,
      signedAt: new Date("2026-11-22T12:00:00.123Z"),
    };
    expect(readCheckpointPosition(writeCheckpointPosition(position))).toEqual(position);
  });

  it.each([
    "",
    "x",
    "AAAA",
    Buffer.alloc(18).toString("base64url"),
    Buffer.alloc(18, 255).toString("base64url"),
  ])("refuses what is none: %j", (cursor) => {
    expect(() => readCheckpointPosition(cursor)).toThrow(Refusal);
  });
});

import { describe, expect, it } from "vitest";
import { requireFreeSpace } from "./disk.ts";

describe("requireFreeSpace", () => {
  it("says what is free and what is needed before anything is written", () => {
    expect(() => requireFreeSpace("/srv/domicile", 2_000, 312.7)).toThrow(
      "The disk of /srv/domicile is full: 312 MB are free, 2000 MB are needed. Make room and start again.",
    );
  });

  it("asks the system when nobody says, and lets enough pass", () => {
    expect(() => requireFreeSpace(import.meta.dirname, 0)).not.toThrow();
    expect(() => requireFreeSpace(import.meta.dirname, 2 ** 50)).toThrow(/is full/);
  });
});

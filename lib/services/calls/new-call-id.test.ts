import { expect, it } from "vitest";
import { newCallId } from "./new-call-id.ts";

it("a call's id says when it began, and no two are the same", () => {
  const startedAt = Date.parse("2026-11-20T10:00:00.123Z");
  const ids = Array.from({ length: 2_000 }, () => newCallId(startedAt));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(startedAt);
  }
});

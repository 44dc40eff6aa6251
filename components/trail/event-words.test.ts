import { describe, expect, it } from "vitest";
import { eventWords } from "./event-words.ts";

describe("eventWords", () => {
  it("says which calls somebody was allowed from a page, or how many", () => {
    const event = { kind: "playground_call.allowed", subject: "01a2", detail: { what: "playground_call" } };
    expect(eventWords({ ...event, detail: { ...event.detail, objects: 1 } })).toBe(
      "Was allowed a call from a page, with the request id 01a2",
    );
    expect(eventWords({ ...event, detail: { ...event.detail, objects: 12 } })).toBe(
      "Was allowed 12 calls from a page within a minute",
    );
  });
});

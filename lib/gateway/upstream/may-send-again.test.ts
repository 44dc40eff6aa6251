import { describe, expect, it } from "vitest";
import type { OutgoingBody } from "../body/received-body.ts";
import { nothingSent, type OutgoingRequest, type Seen } from "./attempt.ts";
import { maySendAgain } from "./may-send-again.ts";

const held: OutgoingBody = { kind: "held", bytes: Buffer.from("{}") };
const streamed = { kind: "streamed" } as OutgoingBody;

function again(seen: Partial<Seen>, request: Partial<OutgoingRequest> = {}, dials = 1): boolean {
  const sent = { host: "eu.api.openai.com", method: "POST", path: "/v1/x", headers: {}, body: held };
  return maySendAgain({ ...nothingSent(), ...seen }, { ...sent, ...request }, dials);
}

describe("maySendAgain", () => {
  it("dials once more where nothing was written, and never a third time", () => {
    expect(again({ failure: "tcp" })).toBe(true);
    expect(again({ failure: "reset" })).toBe(true);
    expect(again({ failure: "tcp" }, {}, 2)).toBe(false);
  });

  it.each(["dns", "address_refused", "tls", "connect_timeout", "idle", "aborted", "protocol"] as const)(
    "does not after %s: another try would say the same, or the caller has waited long enough",
    (failure) => {
      expect(again({ failure })).toBe(false);
    },
  );

  it("never repeats what may have been done: a byte was written, or anything was answered", () => {
    expect(again({ failure: "reset", progress: "partial" })).toBe(false);
    expect(again({ failure: "reset", progress: "sent" })).toBe(false);
    expect(again({ failure: "reset", progress: "sent", status: 200 }, { method: "GET" })).toBe(false);
  });

  it("repeats what only reads", () => {
    const none: OutgoingBody = { kind: "none" };
    expect(again({ failure: "reset", progress: "sent" }, { method: "GET", body: none })).toBe(true);
    expect(again({ failure: "reset", progress: "sent" }, { method: "DELETE", body: none })).toBe(false);
  });

  it("never repeats a body that has passed", () => {
    expect(again({ failure: "tcp" }, { body: streamed })).toBe(false);
  });
});

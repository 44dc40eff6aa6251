import { describe, expect, it } from "vitest";
import { wordsOfEnd } from "./words-of-end.ts";

const end = { how: "exit status 1", logFile: "logs/x.log", tail: "something broke" };
const taken = { ...end, tail: "Error: listen EADDRINUSE: address already in use 127.0.0.1:8787" };

describe("what is told of a service that ended by itself", () => {
  it.each([
    ["web", "Free it, or set PORT."],
    ["gateway", "Free it, or set GATEWAY_PORT."],
    ["worker", "Free it, and start again."],
    ["signer", "Free it, and start again."],
  ] as const)("names the setting of a port that was taken, where there is one: %s", (name, advice) => {
    expect(wordsOfEnd(name, taken)).toBe(`The port of ${name} was taken while it started. ${advice}`);
  });

  it("says that the disk is full, or shows the end of the log", () => {
    expect(wordsOfEnd("worker", { ...end, tail: "ENOSPC: no space left" })).toBe(
      "The disk is full: worker ended.",
    );
    expect(wordsOfEnd("worker", end)).toBe(
      "worker ended unexpectedly (exit status 1). The end of logs/x.log:\n\nsomething broke",
    );
  });
});

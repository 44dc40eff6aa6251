import { describe, expect, it } from "vitest";
import { requestOf } from "./signer-admin.ts";

const reason = "The old host was sold on Monday.";

describe("npm run signer-admin", () => {
  it.each([
    [["status"], { do: "status" }],
    [["rotate"], { do: "rotate" }],
    [
      ["seal", "--log", "domicile.ledger/x/e1", "--reason", reason],
      { do: "seal", log: "domicile.ledger/x/e1", reason },
    ],
    [
      ["compromise", "--since", "2026-11-22T10:00:00+01:00", "--reason", reason],
      { do: "compromise", since: "2026-11-22T09:00:00.000Z", reason },
    ],
  ])("reads %j", (args, request) => {
    expect(requestOf(args)).toEqual(request);
  });

  it.each([
    [[], /npm run signer-admin -- COMMAND/],
    [["destroy"], /npm run signer-admin -- COMMAND/],
    [["constructor"], /npm run signer-admin -- COMMAND/],
    [["rotate", "now"], /COMMAND/],
    [["rotate", "--reason", reason], /rotate takes no --reason/],
    [["seal", "--reason", reason], /seal needs --log/],
    [["compromise", "--since", "yesterday", "--reason", reason], /yesterday is no time/],
    [["compromise", "--since", "2026-11-22", "--reason", "short"], /at least 20 characters/],
    [["status", "--force"], /--force/],
  ])("refuses %j in words", (args, words) => {
    expect(() => requestOf(args)).toThrow(words);
  });
});

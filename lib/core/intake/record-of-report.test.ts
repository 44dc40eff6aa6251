import { expect, it } from "vitest";
import { unknownPin } from "../policies/policy.ts";
import { recordOfReport } from "./record-of-report.ts";
import { nothingReported, type ReportedCall } from "./reported-call.ts";

const report: ReportedCall = {
  ...nothingReported,
  clientId: "c-1",
  format: "json",
  startedAt: "2026-11-30T10:00:00.000Z",
  host: "eu.api.openai.com",
};

function relayOf(over: Partial<ReportedCall>): string | null {
  const record = recordOfReport(
    { ...report, ...over },
    {
      id: "01935f2e-0000-7000-8000-000000000001",
      tenantId: "t",
      applicationId: "a",
      keyId: null,
      simulated: false,
      policyVersion: 1,
      retrospective: false,
      catalogVersion: 1,
      pin: unknownPin,
      clockAheadMs: 0,
      durationMs: null,
    },
  );
  return record.facts.relayCountry;
}

it("keeps where a report says that it was relayed, and guesses nothing where it says nothing", () => {
  expect(relayOf({ relayCountry: "DE" })).toBe("DE");
  expect(relayOf({})).toBeNull();
});

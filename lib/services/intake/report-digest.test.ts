import { afterEach, describe, expect, it, vi } from "vitest";
import { nothingReported, type ReportedCall } from "../../core/intake/reported-call.ts";
import { asKeyed, plainReportDigest, reportDigest } from "./report-digest.ts";

const report: ReportedCall = {
  ...nothingReported,
  clientId: "c-1",
  format: "json",
  startedAt: "2026-11-30T10:00:00.000Z",
  endUser: "anna.svensson@customer.example",
};
const keyOf = (byte: number) => Buffer.alloc(32, byte).toString("base64url");
const digestUnder = (byte: number, tenantId: string, of: ReportedCall = report): string => {
  vi.stubEnv("DOMICILE_MASTER_KEY", keyOf(byte));
  return reportDigest(tenantId, of).digest.toString("hex");
};

afterEach(() => void vi.unstubAllEnvs());

describe("the digest of a report", () => {
  it("is the same for the same report alone, whatever its id", () => {
    const digest = digestUnder(1, "a");
    expect(digestUnder(1, "a", { ...report, clientId: "c-2" })).toBe(digest);
    expect(digestUnder(1, "a", { ...report, endUser: "someone else" })).not.toBe(digest);
  });

  it("of a report without a relay is that of before there was one, and of one with a relay is its own", () => {
    const plain = (of: ReportedCall) => plainReportDigest(of).sha256.toString("hex");
    expect(plain(report)).toBe("328670be3f14b7a2456f2265751ba96cc651ddc927e1bf01be939fae78a5d026");
    expect(plain({ ...report, relayCountry: "DE" })).not.toBe(plain(report));
    expect(plain({ ...report, relayCountry: "US" })).not.toBe(plain({ ...report, relayCountry: "DE" }));
  });

  it("tells nothing to whoever has not the master key, nor of another tenant", () => {
    const digest = digestUnder(1, "a");
    expect(digestUnder(2, "a")).not.toBe(digest);
    expect(digestUnder(1, "b")).not.toBe(digest);
    expect(digest).not.toContain(plainReportDigest(report).sha256.toString("hex"));
  });

  it("stands for the plain one of before", () => {
    const digest = digestUnder(1, "a");
    const { sha256 } = plainReportDigest(report);
    expect(Buffer.from(asKeyed("a", sha256)).toString("hex")).toBe(digest);
    expect(Buffer.from(asKeyed("a", Buffer.from(digest, "hex"))).toString("hex")).toBe(digest);
  });
});

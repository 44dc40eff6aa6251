import { beforeAll, describe, expect, it } from "vitest";
import type { CallRecord } from "../../../lib/core/calls/call-record.ts";
import { type Policy, type PresetId, unknownPin } from "../../../lib/core/policies/policy.ts";
import { policyFromPreset } from "../../../lib/core/policies/presets.ts";
import { tenantSpecs } from "../tenant-specs.ts";
import type { StoryTenant } from "./story-tenant.ts";
import { storyRecords, storyWindow } from "./tell-story.ts";

const end = Date.parse("2026-11-22T19:00:00.000Z");

const inForce = (version: number, policy: Policy, from: number) => ({
  version,
  sha256: "0".repeat(64),
  policy,
  effectiveAt: new Date(from).toISOString(),
});

/** The tenants as a database would hold them, with ids that are the same each time. */
const tenants: StoryTenant[] = tenantSpecs.map(({ tenant, credentials, policyChange, keys }, no) => {
  const id = (what: number) => `00000000-0000-7000-8000-${String(no * 100 + what).padStart(12, "0")}`;
  const policy = policyFromPreset(tenant.preset as PresetId, {
    homeRegion: tenant.homeRegion,
    enforcement:
      tenant.enforcement === "observe"
        ? { mode: "observe", until: "2027-09-01T00:00:00.000Z" }
        : { mode: "block" },
    acceptance: tenant.acceptance,
  });
  return {
    id: id(0),
    slug: tenant.slug,
    policies: [
      ...(policyChange?.approval ? [inForce(2, policyChange.change(policy), policyChange.askedAt(end))] : []),
      inForce(1, policy, Date.parse("2026-09-01T00:00:00.000Z")),
    ],
    credentials: credentials.map((credential, at) => ({
      ...credential,
      id: id(1 + at),
      pinnedAt: Date.parse("2026-09-25T00:00:00.000Z"),
      pin: { ...unknownPin, ...credential.pin },
    })),
    keys: new Map(
      keys.map(({ name, target, ownProviderKey }, at) => [
        name,
        { keyId: id(10 + at), applicationId: id(50), target, ownProviderKey: ownProviderKey ?? null },
      ]),
    ),
  };
});

const told = (at: number, scale = 1) =>
  tenants.map((tenant) => [...storyRecords(tenant, storyWindow(at, scale))].flat());

let whole: CallRecord[][];

beforeAll(() => {
  whole = told(end);
});

describe("storyRecords", () => {
  it("tells the same story for the same now, call for call, and another for another", () => {
    expect(told(end, 0.05)).toEqual(told(end, 0.05));
    expect(told(end, 0.05)).not.toEqual(told(end + 60_000, 0.05));
  });

  it("tells some 50,000 calls of four tenants, none twice, none before the sixty days or after now", () => {
    const records = whole.flat();
    expect(records.length).toBeGreaterThan(48_000);
    expect(records.length).toBeLessThan(54_000);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    const from = new Date(end - 60 * 86_400_000).toISOString();
    const now = new Date(end).toISOString();
    const outside = records.filter(
      ({ startedAt, endedAt }) => startedAt < from || startedAt > now || (endedAt ?? startedAt) > now,
    );
    expect(outside).toEqual([]);
  });

  it("is busy in office hours and quiet at weekends where people work", () => {
    const branch = whole[1] ?? [];
    const onWeekend = branch.filter(({ startedAt }) => [0, 6].includes(new Date(startedAt).getUTCDay()));
    expect(onWeekend.length / branch.length).toBeLessThan(0.06);
    const atNight = branch.filter(({ startedAt }) => new Date(startedAt).getUTCHours() < 5);
    expect(atNight.length / branch.length).toBeLessThan(0.03);
  });

  it("marks every fact as simulated and holds nobody's address but documentation's", () => {
    const records = whole.flat();
    expect(records.every(({ facts }) => facts.simulated)).toBe(true);
    const addresses = records.flatMap(({ attempts }) => attempts.flatMap(({ peer }) => peer?.address ?? []));
    expect(addresses.length).toBeGreaterThan(1_000);
    expect(addresses.every((address) => address.startsWith("203.0.113."))).toBe(true);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policyFromPreset } from "../../core/policies/presets.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { listFindings } from "../findings/list-findings.ts";
import { resolveFinding } from "../findings/resolve-finding.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { approveProposal } from "./decide-proposal.ts";
import { savePolicy } from "./save-policy.ts";
import { watchObserving } from "./watch-observing.ts";

const dayMs = 86_400_000;
let world: StoreWorld;
let bank: StoreTenant;
let ann: PersonActor;
let ben: PersonActor;
let until: number;
beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank", { enforcement: "observe" });
  await world.addTenant("blocking", { enforcement: "block" });
  ann = await world.addPerson("ann", { bank: "admin" });
  ben = await world.addPerson("ben", { bank: "admin" });
  const [row] = await world.sql<{ until: string }>(
    "owner",
    { read: [bank.id] },
    "SELECT body->'enforcement'->>'until' AS until FROM policy_version",
  );
  until = Date.parse(row?.until ?? "");
});
afterAll(() => world.drop());

const watch = (days: number) => world.as("worker", () => watchObserving(new Date(until + days * dayMs)));
const finding = async () => {
  const search = {
    tenant: "bank",
    state: [],
    severity: [],
    cause: ["observe_ending" as const],
    application: [],
    data: [],
    environment: [],
    owner: [],
  };
  const { items } = await world.as("web", () => listFindings(ann, { ...search, limit: 10 }));
  expect(items.length).toBeLessThanOrEqual(1);
  return items[0] ?? null;
};

describe("watchObserving, as the clock goes on", () => {
  it("says nothing 15 days before the end", async () => {
    expect(await watch(-15)).toEqual({ opened: 0, closed: 0 });
    expect(await finding()).toBeNull();
  });

  it("opens one finding 14 days before, however often it looks", async () => {
    expect(await watch(-14)).toEqual({ opened: 1, closed: 0 });
    expect(await watch(-13)).toEqual({ opened: 0, closed: 0 });
    expect(await finding()).toMatchObject({
      state: "open",
      cause: "observe_ending",
      calls: 0,
      simulated: true,
    });
  });

  it("leaves alone what people resolved for this version", async () => {
    const id = (await finding())?.id ?? "";
    await world.as("web", () =>
      resolveFinding(
        ann,
        { id, resolution: "traffic_fix", note: "All of it goes to Europe by now." },
        { at: new Date(until - 12 * dayMs) },
      ),
    );
    expect(await watch(-11)).toEqual({ opened: 0, closed: 0 });
    expect((await finding())?.state).toBe("resolved");
  });

  it("opens it again when a newer version puts the end off, and that end is near", async () => {
    const later = new Date(until + 60 * dayMs).toISOString();
    const policy = policyFromPreset("eea_ch", {
      homeRegion: "eu",
      enforcement: { mode: "observe", until: later },
      acceptance: null,
    });
    const at = new Date(until - 10 * dayMs);
    await world.as("web", async () => {
      const wish = {
        tenant: "bank",
        policy: { ...policy },
        reason: "Two teams need two months more.",
        baseVersion: 1,
      };
      const saved = await savePolicy(ann, wish, { at });
      if (saved.kind !== "proposed") throw new Error("Putting the end off needs a second person.");
      await approveProposal(ben, { tenant: "bank", id: saved.id, note: "" }, { at });
    });
    expect(await watch(0)).toEqual({ opened: 0, closed: 0 });
    expect(await watch(47)).toEqual({ opened: 1, closed: 0 });
    expect((await finding())?.state).toBe("open");
  });

  it("closes it by itself when the policy has begun to block", async () => {
    expect(await watch(60)).toEqual({ opened: 0, closed: 1 });
    expect(await finding()).toMatchObject({ state: "resolved" });
    expect(await watch(61)).toEqual({ opened: 0, closed: 0 });
    const notes = await world.sql<{ kind: string; note: string }>(
      "owner",
      { read: [bank.id] },
      "SELECT kind, note FROM finding_event WHERE actor = 'Domicile' ORDER BY at",
    );
    expect(notes.map(({ kind }) => kind)).toEqual(["opened", "reopened", "resolved"]);
    expect(notes.at(-1)?.note).toMatch(/^Observing ended on .*: version 2 blocks\.$/);
    // No call says any of it, so the log does; what people did has entries of its own.
    const entries = await world.sql<{ kind: string; detail: unknown; index: number | null }>(
      "owner",
      { read: [bank.id] },
      `SELECT kind, detail, ledger_index::int AS index FROM audit_event
        WHERE kind LIKE 'finding.%' AND actor = 'system' ORDER BY at, id`,
    );
    expect(entries.map(({ kind }) => kind)).toEqual([
      "finding.opened",
      "finding.reopened",
      "finding.resolved",
    ]);
    expect(entries.at(-1)).toMatchObject({
      detail: { cause: "observe_ending", resolution: "config_fix", note: notes.at(-1)?.note },
      index: expect.any(Number),
    });
  });
});

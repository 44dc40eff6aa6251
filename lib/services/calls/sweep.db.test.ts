import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../../scripts/database/client.ts";
import type { CallIntent } from "../../core/calls/call-record.ts";
import { readBootBody } from "../../core/ledger/entries/boot-body.ts";
import { decodeEntry } from "../../core/ledger/entries/entry.ts";
import { type FenceQuestion, fenceExpiredBoots } from "../../db/gateway-boot.ts";
import { azureEdits, swedenHost, v1 } from "../../testing/azure-world.ts";
import { itOnOneServer } from "../../testing/cluster.ts";
import { publishApproved } from "../../testing/publish-approved.ts";
import {
  callAt,
  createStoreWorld,
  intentOf,
  job,
  type StoreTenant,
  type StoreWorld,
} from "../../testing/store-world.ts";
import { endBoot } from "../boots/end-boot.ts";
import { leaseMs, registerBoot } from "../boots/register-boot.ts";
import { renewLease } from "../boots/renew-lease.ts";
import { createCredential } from "../credentials/create-credential.ts";
import { closeBoot } from "../ledger/close-boot.ts";
import { attestPin } from "../pins/attest-pin.ts";
import { BootFenced, openIntents } from "./open-intents.ts";
import { recordCalls } from "./record-calls.ts";
import { sweepExpiredBoots } from "./sweep.ts";

let world: StoreWorld;
let tenant: StoreTenant;
let other: StoreTenant;

beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("bank");
  other = await world.addTenant("other");
});
afterAll(() => world.drop());

const boot = () => world.as("gateway", async () => (await registerBoot({ relayCountry: "DE" })).bootId);
const open = (...intents: CallIntent[]) => world.as("gateway", () => openIntents(intents));
const sweep = (at: Date = new Date()) => world.as("worker", () => sweepExpiredBoots(at));
const afterLease = () => new Date(Date.now() + leaseMs + 1_000);
const call = async (of: StoreTenant, id: string) =>
  (
    await world.sql<Record<string, unknown>>("owner", { read: [of.id] }, "SELECT * FROM call WHERE id = $1", [
      id,
    ])
  )[0];

describe("sweepExpiredBoots", () => {
  it("records what a dead gateway left open: outside policy by its host, else not verifiable", async () => {
    const bootId = await boot();
    const within = intentOf(tenant, bootId, 1);
    const outside = intentOf(tenant, bootId, 2, { host: "api.openai.com", target: "api.openai.com" });
    const elsewhere = intentOf(other, bootId, 1);
    const meta = intentOf(tenant, bootId, 3, {
      operation: "models.list",
      endpoint: null,
      path: "/v1/models",
    });
    await open(within, outside, elsewhere, meta);
    expect(await sweep()).toEqual({ boots: 0, calls: 0, rejected: 0 });
    expect(await sweep(afterLease())).toEqual({ boots: 1, calls: 4, rejected: 0 });
    expect(await call(tenant, within.callId)).toMatchObject({
      verdict: "unverifiable",
      call_end: "unknown",
      ended_at: null,
      boot_id: bootId,
    });
    expect(await call(tenant, outside.callId)).toMatchObject({
      verdict: "violation",
      reasons: ["host_out_of_region"],
      region_dim: "global",
    });
    expect(await call(other, elsewhere.callId)).toMatchObject({ verdict: "unverifiable" });
    const [counted] = await world.sql(
      "owner",
      { read: [tenant.id] },
      "SELECT sum(without_end)::int AS n FROM rollup_hour",
    );
    expect(counted).toEqual({ n: 3 });
  });

  it("knows which deployment at Azure a call named, by the upstream of its key", async () => {
    const draft = { kind: "edits" as const, edits: azureEdits() };
    await world.as("web", () =>
      publishApproved({ basedOn: 1, reason: "Resources of Azure for the test.", draft }),
    );
    const credential = await world.as("web", () =>
      createCredential(job, {
        tenant: "bank",
        label: "Sweden",
        secret: "sk-sim-azure-sweden-swept",
        projectId: null,
        hosts: [swedenHost],
        upstream: v1([
          { model: "chat-se", name: "chat-se", sku: "Standard" },
          { model: "chat-global", name: "chat-global", sku: "GlobalStandard" },
        ]),
      }),
    );
    const bootId = await boot();
    const lost = (n: number, modelRequested: string) =>
      intentOf(tenant, bootId, n, {
        host: swedenHost,
        target: swedenHost,
        credentialId: credential.id,
        catalogVersion: 2,
        modelRequested,
      });
    const [regional, anywhere] = [lost(1, "chat-se"), lost(2, "chat-global")] as const;
    await open(regional, anywhere);
    expect(await sweep(afterLease())).toMatchObject({ calls: 2, rejected: 0 });
    expect(await call(tenant, regional.callId)).toMatchObject({
      verdict: "unverifiable",
      facts: { deployment: { name: "chat-se", sku: "Standard" } },
    });
    expect(await call(tenant, anywhere.callId)).toMatchObject({
      verdict: "violation",
      reasons: ["provider_global_profile"],
      region_dim: "global",
    });
  });

  it("leaves alone what was recorded, and a gateway that renews its lease", async () => {
    const bootId = await boot();
    const ended = intentOf(tenant, bootId, 1);
    const running = intentOf(tenant, bootId, 2);
    await open(ended, running);
    await world.as("gateway", () =>
      recordCalls(tenant.id, [
        { ...callAt(tenant, ended.startedAt), id: ended.callId, intent: { bootId, n: 1 } },
      ]),
    );
    expect(await world.as("gateway", () => renewLease(bootId))).toBe(true);
    await sweep(new Date(Date.now() + leaseMs / 2));
    expect(await call(tenant, running.callId)).toBeUndefined();
    expect((await sweep(afterLease())).calls).toBe(1);
    expect(await call(tenant, ended.callId)).toMatchObject({ verdict: "compliant", call_end: "complete" });
  });

  it("gives every boot one lease's time behind an outage, and fences by no statement that was held up on its way", async () => {
    const bootId = await boot();
    const now = afterLease();
    const fences = async (over: Partial<FenceQuestion>): Promise<boolean> => {
      const question = { now, leaseMs, reachedMs: 0, askedAt: new Date(), ...over };
      const boots = await world.as("worker", () => fenceExpiredBoots(question));
      return boots.some(({ id }) => id === bootId);
    };
    // At that time it will have been reached for a lease and a second, less what is taken from it here.
    expect(await fences({ reachedMs: -2_000 })).toBe(false);
    expect(await fences({ askedAt: new Date(Date.now() - 10_000) })).toBe(false);
    expect(await world.as("gateway", () => renewLease(bootId))).toBe(true);
    expect(await fences({ now: afterLease() })).toBe(true);
  });

  it("fences the boot: it neither renews nor opens another intent, and none of a batch is taken", async () => {
    const bootId = await boot();
    await sweep(afterLease());
    expect(await world.as("gateway", () => renewLease(bootId))).toBe(false);
    const late = intentOf(tenant, bootId, 1);
    await expect(open(late, intentOf(other, bootId, 1))).rejects.toThrow(BootFenced);
    const rows = await world.sql(
      "owner",
      { read: [tenant.id, other.id] },
      "SELECT 1 FROM call_intent WHERE boot_id = $1",
      [bootId],
    );
    expect(rows).toEqual([]);
  });

  it("says the last word about a boot once, in the log of each tenant that had calls, when it can open no more", async () => {
    const bootId = await boot();
    await open(intentOf(tenant, bootId, 1), intentOf(tenant, bootId, 2), intentOf(other, bootId, 1));
    const words = async (of: StoreTenant) =>
      (
        await world.sql<{ bytes: Buffer }>(
          "owner",
          { read: [of.id] },
          `SELECT b.bytes FROM ledger_body b JOIN ledger_entry e USING (tenant_id, epoch, index)
            WHERE e.tenant_id = $1 AND e.type = 'boot_closed'`,
          [of.id],
        )
      )
        .map(({ bytes }) => readBootBody(decodeEntry(bytes).body))
        .filter((word) => word.boot === bootId);
    const settled = () => new Date(Date.now() + 10 * 60_000);
    await sweep(afterLease());
    expect(await words(tenant)).toEqual([]);
    await sweep(settled());
    const nothingOpen = { ranges: [], count: 0 };
    expect(await words(tenant)).toEqual([{ boot: bootId, issuedTo: 2, open: nothingOpen }]);
    expect(await words(other)).toEqual([{ boot: bootId, issuedTo: 1, open: nothingOpen }]);
    // crash: a pass that died before it marked the boot is gone through again.
    await world.as("worker", () => Promise.all([closeBoot(tenant.id, bootId), closeBoot(tenant.id, bootId)]));
    await sweep(settled());
    expect(await words(tenant)).toHaveLength(1);
    await expect(
      world.sql("worker", { read: [tenant.id], write: tenant.id }, "DELETE FROM ledger_boot_closing"),
    ).rejects.toThrow(/permission denied/);
  });

  it("closes at once what a gateway left that ended by itself", async () => {
    const bootId = await boot();
    const left = intentOf(tenant, bootId, 1);
    await open(left);
    await world.as("gateway", () => endBoot(bootId));
    await sweep();
    expect(await call(tenant, left.callId)).toMatchObject({ call_end: "unknown" });
  });

  itOnOneServer("sweeps everybody else while it cannot for one, and that one later", async () => {
    const bootId = await boot();
    const [stuck, free] = [intentOf(tenant, bootId, 1), intentOf(other, bootId, 1)];
    await open(stuck, free);
    await world.as("gateway", () => endBoot(bootId));
    const owner = (text: string) => withClient(world.database.ownerUrl, (client) => client.query(text));
    await owner(`CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.tenant_id = '${tenant.id}' THEN RAISE 'held' USING ERRCODE = '57014'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse_one BEFORE INSERT ON call FOR EACH ROW EXECUTE FUNCTION refuse_one()`);
    await expect(sweep()).rejects.toThrow(`It failed for ${tenant.id};`);
    expect(await call(other, free.callId)).toMatchObject({ call_end: "unknown" });
    expect(await call(tenant, stuck.callId)).toBeUndefined();
    await owner("DROP TRIGGER refuse_one ON call; DROP FUNCTION refuse_one()");
    await sweep();
    expect(await call(tenant, stuck.callId)).toMatchObject({ call_end: "unknown" });
  });

  it("keeps a real end that arrives later as a late outcome, which is no error", async () => {
    const bootId = await boot();
    const intent = intentOf(tenant, bootId, 1);
    await open(intent);
    await sweep(afterLease());
    const real = { ...callAt(tenant, intent.startedAt), id: intent.callId, intent: { bootId, n: 1 } };
    const [result] = await world.as("gateway", () => recordCalls(tenant.id, [real]));
    expect(result?.outcome).toBe("late");
  });

  it("looks at a boot again until its fence is old and nothing is open, then never more", async () => {
    const bootId = await boot();
    await open(intentOf(tenant, bootId, 1));
    await sweep(afterLease());
    const sweptAt = async () =>
      withClient(world.database.ownerUrl, async (client) => {
        const { rows } = await client.query("SELECT swept_at FROM gateway_boot WHERE id = $1", [bootId]);
        return rows[0].swept_at;
      });
    await sweep();
    expect(await sweptAt()).toBeNull();
    await sweep(new Date(Date.now() + 120_000));
    expect(await sweptAt()).toBeInstanceOf(Date);
    expect((await sweep(new Date(Date.now() + 240_000))).boots).toBe(0);
  });

  it("takes the pin as it was known when the call began", async () => {
    const credential = await world.as("web", () =>
      createCredential(job, {
        tenant: tenant.slug,
        label: "project",
        secret: "sk-sim-eu-1234567890",
        projectId: null,
        hosts: ["eu.api.openai.com"],
      }),
    );
    const attest = (kind: "processing" | "global", at: Date) =>
      world.as("web", () =>
        attestPin(
          job,
          {
            tenant: tenant.slug,
            credentialId: credential.id,
            kind,
            region: kind === "global" ? null : "eu",
            attestedBy: "M. Roth",
            statement: "Read on the project's settings page.",
          },
          { at },
        ),
      );
    await attest("processing", new Date(Date.now() - 60_000));
    const bootId = await boot();
    const intent = intentOf(tenant, bootId, 1, {
      credentialId: credential.id,
      startedAt: new Date(Date.now() - 30_000).toISOString(),
    });
    await open(intent);
    await attest("global", new Date());
    await sweep(afterLease());
    expect(await call(tenant, intent.callId)).toMatchObject({ pin: { kind: "processing", region: "eu" } });
  });
});

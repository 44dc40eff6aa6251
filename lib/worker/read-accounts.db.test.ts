import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AccountOutcome } from "../core/accounts/account-outcome.ts";
import type { AccountQuestion } from "../core/accounts/account-question.ts";
import { dayMs } from "../core/calendar.ts";
import type { Pin } from "../core/policies/policy.ts";
import { findProject } from "../providers/simulated/project.ts";
import { addAccount } from "../services/accounts/add-account.ts";
import { askForReading } from "../services/accounts/ask-for-reading.ts";
import { type AskProvider, askProvider } from "../services/accounts/ask-provider.ts";
import { getAccounts } from "../services/accounts/get-accounts.ts";
import { readAccounts } from "../services/accounts/read-accounts.ts";
import { revokeAccount } from "../services/accounts/revoke-account.ts";
import type { Actor } from "../services/actor.ts";
import { createCredential } from "../services/credentials/create-credential.ts";
import { revokeCredential } from "../services/credentials/revoke-credential.ts";
import { attestPin } from "../services/pins/attest-pin.ts";
import { getTenant } from "../services/tenants/get-tenant.ts";
import {
  createGatewayWorld,
  type GatewayWorld,
  type TenantWish,
  type WorldTenant,
} from "../testing/gateway-world.ts";
import { type SpawnedGateway, spawnGateway } from "../testing/spawn-gateway.ts";

type Claim = { claim: string; grade: string | null };

const job: Actor = { kind: "system", job: "test" };
let world: GatewayWorld;
/** A process of its own: in this one it would read with the worker's rights, and find no key. */
let running: SpawnedGateway;

beforeAll(async () => {
  world = await createGatewayWorld();
  running = await spawnGateway(world);
});
afterAll(async () => {
  await running.kill();
  await world.stop();
});

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const idOf = (secret: string) => findProject(secret)?.id ?? "";
const hostsOf: Readonly<Record<string, string>> = { eu: "eu.api.openai.com", jpstorage: "jp.api.openai.com" };

/** A tenant with a key of each of these residencies, and an account. */
async function addTenant(
  slug: string,
  residencies: readonly string[],
  key = "sk-admin-sim-a",
  preset: TenantWish["preset"] = "no_location_requirement",
) {
  const tenant = await world.addTenant({ slug, preset });
  const keys = [];
  for (const residency of residencies) {
    const secret = `sk-sim-${residency}-${slug}`;
    const made = await web(() =>
      createCredential(job, {
        tenant: slug,
        label: residency,
        secret,
        projectId: idOf(secret),
        hosts: [hostsOf[residency] ?? "api.openai.com"],
      }),
    );
    keys.push({ ...made, secret });
  }
  const account = await web(() => addAccount(job, { tenant: slug, label: slug, secret: key }));
  return { tenant, keys, account };
}

/** As the first use of a key makes its project known. */
async function use(slug: string, residencies: readonly string[]): Promise<void> {
  const { openSimulatedClient } = await import("../providers/simulated/testing/simulated-client.ts");
  const client = openSimulatedClient(world.provider);
  for (const residency of residencies)
    await client.openai(hostsOf[residency] ?? "api.openai.com", `sk-sim-${residency}-${slug}`).models.list();
  await client.close();
}

const gateway: AskProvider = (asked) => askProvider(`http://127.0.0.1:${running.port}`, asked);
const pass = (ask: AskProvider = gateway, now = new Date()) =>
  world.as("worker", () => readAccounts(ask, now));
const later = (ms: number) => new Date(Date.now() + ms);
const listOf = (tenant: WorldTenant) => web(() => getAccounts(job, tenant.slug));
const pinsOf = async (tenant: WorldTenant) =>
  new Map((await web(() => getTenant(job, tenant.slug))).credentials.map(({ label, pin }) => [label, pin]));
const eventsOf = (tenant: WorldTenant) =>
  world.sql<{ kind: string; subject: string; actor: string; detail: Record<string, unknown> }>(
    tenant.id,
    "select kind, subject, actor, detail from audit_event where kind in ('project.stated', 'pin.read') order by at, id",
  );

/** Notes what is asked, and answers as it is told, else as the gateway does. */
function noting(answers: (question: AccountQuestion) => AccountOutcome | null = () => null) {
  const asked: AccountQuestion[] = [];
  const ask: AskProvider = async (each) => {
    asked.push(each.question);
    const outcome = answers(each.question);
    return outcome === null || outcome === "ok" ? gateway(each) : { outcome, body: null };
  };
  return { asked, ask };
}

describe("a reading", () => {
  it("states what the provider says of each named project, and the pins that follow, through the gateway", async () => {
    const residencies = ["eu", "jpstorage", "global"];
    const { tenant, keys } = await addTenant("bank", residencies);
    await use("bank", residencies);
    expect(await pass()).toEqual({ read: 1, failed: 0 });
    const [account] = (await listOf(tenant)).accounts;
    expect(account).toMatchObject({ lastOutcome: "ok", failingSince: null, askedAt: null });
    expect(Object.fromEntries(account?.projects.map((each) => [each.keys[0], each]) ?? [])).toMatchObject({
      eu: {
        residency: "EU_STORAGE_PROCESSING",
        retention: "zero_data_retention",
        organizationRetention: null,
      },
      jpstorage: { residency: "JP_STORAGE", retention: "modified_abuse_monitoring" },
      global: {
        residency: "GLOBAL",
        retention: "organization_default",
        organizationRetention: "modified_abuse_monitoring",
      },
    });
    const pins = await pinsOf(tenant);
    expect(pins.get("eu")).toMatchObject({
      kind: "processing",
      region: "eu",
      source: "admin_api",
      attestedBy: null,
    });
    expect(pins.get("jpstorage")).toMatchObject({ kind: "storage_only", region: "jp", source: "admin_api" });
    expect(pins.get("global")).toMatchObject({ kind: "global", region: null, source: "admin_api" });
    const events = await eventsOf(tenant);
    expect(
      events
        .filter(({ kind }) => kind === "project.stated")
        .map(({ subject }) => subject)
        .toSorted(),
    ).toEqual(keys.map(({ projectId }) => projectId ?? "").toSorted());
    expect(
      events
        .filter(({ kind }) => kind === "pin.read")
        .map(({ subject }) => subject)
        .toSorted(),
    ).toEqual(keys.map(({ id }) => id).toSorted());
    expect(events.every(({ actor }) => actor === "system")).toBe(true);
    expect(events.find(({ subject }) => subject === keys[0]?.id)?.detail).toEqual({
      projectId: keys[0]?.projectId,
      residency: "EU_STORAGE_PROCESSING",
      kind: "processing",
      region: "eu",
    });
    expect(JSON.stringify(await listOf(tenant))).not.toContain("sk-admin");
  });

  it("is made once an hour, and at once where somebody wants it; what is said again is no news", async () => {
    const { tenant, account } = await addTenant("calm", ["eu"]);
    await use("calm", ["eu"]);
    await pass();
    const before = await eventsOf(tenant);
    const first = (await listOf(tenant)).accounts[0]?.projects[0];
    expect(await pass()).toEqual({ read: 0, failed: 0 });
    expect((await pass(gateway, later(59 * 60_000))).read).toBe(0);
    await web(() => askForReading(job, { tenant: "calm", accountId: account.id }));
    expect(await pass()).toEqual({ read: 1, failed: 0 });
    const second = (await listOf(tenant)).accounts[0];
    expect(second).toMatchObject({ askedAt: null, lastOutcome: "ok" });
    expect(second?.projects).toHaveLength(1);
    expect(second?.projects[0]?.firstSeenAt).toBe(first?.firstSeenAt);
    expect((second?.projects[0]?.lastSeenAt ?? "") > (first?.lastSeenAt ?? "")).toBe(true);
    expect(await eventsOf(tenant)).toEqual(before);
    expect((await pass(gateway, later(61 * 60_000))).read).toBeGreaterThanOrEqual(1);
  });

  it("asks for no project that no key in use names, and for each only once", async () => {
    const { tenant } = await addTenant("narrow", ["eu", "global"]);
    await use("narrow", ["eu", "global"]);
    const { asked, ask } = noting();
    await pass(ask);
    const ids = ["eu", "global"].map((residency) => idOf(`sk-sim-${residency}-narrow`)).toSorted();
    expect(
      asked.filter(({ kind }) => kind === "project").map((each) => "projectId" in each && each.projectId),
    ).toEqual(ids);
    expect(asked.filter(({ kind }) => kind === "project_retention")).toHaveLength(2);
    expect(asked.filter(({ kind }) => kind === "organization_retention")).toHaveLength(1);
    expect((await listOf(tenant)).unknownProjects).toEqual([]);
  });

  it("finds a project of another organization to be none of its own, which is no failure", async () => {
    const { tenant } = await addTenant("foreign", ["eu"]);
    await pass();
    const list = await listOf(tenant);
    expect(list.accounts).toMatchObject([{ lastOutcome: "ok", failingSince: null, projects: [] }]);
    expect(list.unknownProjects).toMatchObject([{ keys: ["eu"] }]);
  });

  it("goes on behind a project that the key may not read, as one of another organization may be", async () => {
    const { tenant, keys } = await addTenant("mixed", ["eu", "global"]);
    await use("mixed", ["eu", "global"]);
    const [closed, open] = keys.map(({ projectId }) => projectId ?? "").toSorted();
    const refusing = (...ids: (string | undefined)[]) =>
      noting((each) => (each.kind === "project" && ids.includes(each.projectId) ? "not_permitted" : null))
        .ask;
    await pass(refusing(closed));
    const [account] = (await listOf(tenant)).accounts;
    expect(account).toMatchObject({ lastOutcome: "ok", projects: [{ projectId: open }] });
    expect((await listOf(tenant)).unknownProjects.map(({ projectId }) => projectId)).toEqual([closed]);
    await web(() => askForReading(job, { tenant: "mixed", accountId: account?.id ?? "" }));
    await pass(refusing(closed, open));
    expect((await listOf(tenant)).accounts).toMatchObject([{ lastOutcome: "not_permitted" }]);
  });

  it("that fails keeps what was said before, says since when, and ends when one succeeds", async () => {
    const { tenant, account } = await addTenant("shaky", ["eu"]);
    await use("shaky", ["eu"]);
    await pass();
    const want = () => web(() => askForReading(job, { tenant: "shaky", accountId: account.id }));
    await want();
    expect(await pass(noting(() => "unreachable").ask)).toEqual({ read: 1, failed: 1 });
    const failing = (await listOf(tenant)).accounts[0];
    expect(failing).toMatchObject({ lastOutcome: "unreachable", failingSince: failing?.lastReadAt });
    expect(failing?.projects).toMatchObject([{ residency: "EU_STORAGE_PROCESSING" }]);
    await want();
    await pass(noting(({ kind }) => (kind === "project_retention" ? "too_many_requests" : null)).ask);
    const still = (await listOf(tenant)).accounts[0];
    expect(still).toMatchObject({ lastOutcome: "too_many_requests", failingSince: failing?.failingSince });
    // A question that failed is no statement: nothing changed.
    expect(still?.projects).toEqual(failing?.projects);
    await want();
    await pass();
    expect((await listOf(tenant)).accounts[0]).toMatchObject({ lastOutcome: "ok", failingSince: null });
  });

  it("with a key that may not read data retention says so of the project, and is no failure", async () => {
    const { tenant } = await addTenant("half", ["eu"]);
    await use("half", ["eu"]);
    await pass(noting(({ kind }) => (kind === "project_retention" ? "not_permitted" : null)).ask);
    expect((await listOf(tenant)).accounts).toMatchObject([
      { lastOutcome: "ok", projects: [{ residency: "EU_STORAGE_PROCESSING", retention: null }] },
    ]);
  });

  it.each([
    ["forbidden", "not_permitted"],
    ["limited", "too_many_requests"],
    ["failing", "provider_failed"],
    ["garbage", "answer_unreadable"],
  ] as const)("of a key that is %s says %s, also where no project is named", async (word, outcome) => {
    const { tenant } = await addTenant(`key-${word}`, [], `sk-admin-sim-${word}-a`);
    await pass();
    expect((await listOf(tenant)).accounts).toMatchObject([{ lastOutcome: outcome }]);
  });

  it("says that the gateway is away, and asks nobody", async () => {
    const { tenant } = await addTenant("alone", ["eu"]);
    await pass((asked) => askProvider("http://127.0.0.1:9", asked));
    expect((await listOf(tenant)).accounts).toMatchObject([{ lastOutcome: "gateway_away" }]);
    // As where the worker came up first: nobody waits an hour for that.
    const { asked, ask } = noting();
    await pass(ask, later(10_000));
    expect(asked).toEqual([]);
    await pass(ask, later(16_000));
    expect(asked).not.toEqual([]);
    expect((await listOf(tenant)).accounts).toMatchObject([{ lastOutcome: "ok", failingSince: null }]);
  });

  it("asks about the project of a revoked key until its last days can be settled, and makes no pin of it", async () => {
    const { tenant, keys, account } = await addTenant("left", ["eu"]);
    await use("left", ["eu"]);
    const projectId = keys[0]?.projectId;
    await web(() => revokeCredential(job, { tenant: "left", credentialId: keys[0]?.id ?? "" }));
    const asked = async () => {
      const seen = noting();
      await web(() => askForReading(job, { tenant: "left", accountId: account.id }));
      await pass(seen.ask);
      return seen.asked.some((each) => each.kind === "usage" && each.projectIds.includes(projectId ?? ""));
    };
    expect(await asked()).toBe(true);
    expect((await eventsOf(tenant)).map(({ kind }) => kind)).toEqual(["project.stated"]);
    const readUpTo = (days: number) =>
      world.sql(tenant.id, "update provider_account set read_until = now() + make_interval(days => $1)", [
        days,
      ]);
    await readUpTo(2);
    expect(await asked()).toBe(true);
    await readUpTo(4);
    expect(await asked()).toBe(false);
  });

  it("that succeeds after others that failed reads from where the last whole one ended", async () => {
    const { tenant, account } = await addTenant("behind", ["eu"]);
    await use("behind", ["eu"]);
    await pass();
    const ended = new Date(Date.now() - 9 * dayMs);
    // As where the worker was away for days, and the provider when it came back.
    await world.sql(tenant.id, "update provider_account set read_until = $1, last_read_at = $1", [ended]);
    const from = async (answers?: () => AccountOutcome) => {
      const seen = noting(answers);
      await web(() => askForReading(job, { tenant: "behind", accountId: account.id }));
      await pass(seen.ask);
      return seen.asked.flatMap((each) => (each.kind === "usage" ? [each.from] : []))[0];
    };
    expect(await from(() => "unreachable")).toBeUndefined();
    const first = `${new Date(ended.getTime() - 3 * dayMs).toISOString().slice(0, 10)}T00:00:00.000Z`;
    expect(await from()).toBe(first);
    expect(((await from()) ?? "") > first).toBe(true);
  });

  it("of a removed account is made no more", async () => {
    const { account } = await addTenant("gone", ["eu"]);
    await web(() => revokeAccount(job, { tenant: "gone", accountId: account.id }));
    expect((await pass(gateway, later(2 * 3_600_000))).read).toBeGreaterThan(0);
    const { asked, ask } = noting();
    await pass(ask);
    expect(asked).toEqual([]);
  });

  it("that was wanted while another went on is still to be made", async () => {
    const { tenant, account } = await addTenant("busy", ["eu"]);
    await use("busy", ["eu"]);
    let wanted = false;
    const ask: AskProvider = async (asked) => {
      if (!wanted) {
        wanted = true;
        await web(() => askForReading(job, { tenant: "busy", accountId: account.id }));
      }
      return gateway(asked);
    };
    await pass(ask);
    expect((await listOf(tenant)).accounts[0]?.askedAt).not.toBeNull();
    expect((await pass()).read).toBe(1);
    expect((await listOf(tenant)).accounts[0]?.askedAt).toBeNull();
  });
});

describe("a pin of the provider's word", () => {
  it("is made anew only where the provider says something else; a person's word after it stands", async () => {
    const { tenant, keys, account } = await addTenant("words", ["eu"]);
    await use("words", ["eu"]);
    await pass();
    const [key] = keys;
    await web(() =>
      attestPin(job, {
        tenant: "words",
        credentialId: key?.id ?? "",
        kind: "unknown",
        region: null,
        attestedBy: "Ilse Brandt",
        statement: "The project is to be moved; nobody knows for now.",
      }),
    );
    await web(() => askForReading(job, { tenant: "words", accountId: account.id }));
    await pass();
    const attested = (await pinsOf(tenant)).get("eu");
    expect(attested).toMatchObject({ kind: "unknown", source: "attestation" });
    // Who looks at the key sees that the provider says another thing.
    expect(attested?.overrides).toMatchObject({ kind: "processing", region: "eu" });
  });

  it("is overridden by no word that says the same", async () => {
    const { tenant, keys } = await addTenant("same", ["eu"]);
    await use("same", ["eu"]);
    await pass();
    const stated = await web(() =>
      attestPin(job, {
        tenant: "same",
        credentialId: keys[0]?.id ?? "",
        kind: "processing",
        region: "eu",
        attestedBy: "Ilse Brandt",
        statement: "Read on the project's page, as the provider says it too.",
      }),
    );
    expect(stated.overrides).toBeNull();
    expect((await pinsOf(tenant)).get("eu")).toMatchObject({ source: "attestation", overrides: null });
  });

  it("is what the next call is judged by: the answer that names the project bears it out", async () => {
    const { tenant, keys } = await addTenant("judged", ["eu"], "sk-admin-sim-a", "eea_ch");
    const openai = new OpenAI({
      apiKey: tenant.key,
      baseURL: `http://127.0.0.1:${running.port}/v1`,
      maxRetries: 0,
    });
    const call = () =>
      openai.chat.completions.create({ model: "gpt-5.5", messages: [{ role: "user", content: "Hi" }] });
    const judged = async () => {
      const rows = (await world.recorded(tenant.id, 1)) as unknown as { pin: Pin; claims: Claim[] }[];
      return rows.map(({ pin, claims }) => ({
        pin,
        inference: claims.find(({ claim }) => claim === "inference")?.grade,
      }));
    };
    await call();
    expect(await judged()).toMatchObject([{ pin: { source: "none" }, inference: "C" }]);
    await pass();
    const borneOut = {
      pin: { kind: "processing", region: "eu", source: "admin_api", projectId: keys[0]?.projectId },
      inference: "B",
    };
    // A gateway hears of a pin within seconds.
    await expect.poll(() => call().then(async () => (await judged()).at(-1))).toMatchObject(borneOut);
  });

  it("comes to a key that was added later, without another statement of its project", async () => {
    const { tenant, keys, account } = await addTenant("later", ["eu"]);
    await use("later", ["eu"]);
    await pass();
    await web(() =>
      createCredential(job, {
        tenant: "later",
        label: "second",
        secret: "sk-sim-eu-second",
        projectId: keys[0]?.projectId ?? null,
        hosts: ["eu.api.openai.com"],
      }),
    );
    await web(() => askForReading(job, { tenant: "later", accountId: account.id }));
    await pass();
    expect((await pinsOf(tenant)).get("second")).toMatchObject({ kind: "processing", source: "admin_api" });
    expect((await eventsOf(tenant)).map(({ kind }) => kind)).toEqual([
      "project.stated",
      "pin.read",
      "pin.read",
    ]);
  });

  it("is not made of a word that the catalog does not know; the word is shown as it came", async () => {
    const { tenant } = await addTenant("strange", ["eu"]);
    const ask: AskProvider = async (asked) => {
      const answer = await gateway(asked);
      if (asked.question.kind !== "project" || answer.outcome !== "ok") return answer;
      return { outcome: "ok", body: { ...answer.body, residency: "MARS_STORAGE" } };
    };
    await use("strange", ["eu"]);
    await pass(ask);
    expect((await listOf(tenant)).accounts[0]?.projects).toMatchObject([{ residency: "MARS_STORAGE" }]);
    expect((await pinsOf(tenant)).get("eu")).toMatchObject({ kind: "unknown", source: "none" });
  });
});

it("a pass that takes long leaves the rest to the next one, which begins with what somebody wants", async () => {
  const [first, second, wanted] = [
    await addTenant("many-1", ["global"]),
    await addTenant("many-2", ["global"]),
    await addTenant("many-3", ["global"]),
  ];
  const asked: string[] = [];
  const ask: AskProvider = async ({ tenantId }) => {
    asked.push(tenantId);
    return { outcome: "gateway_away", body: null };
  };
  const short = () => world.as("worker", () => readAccounts(ask, new Date(), { passMsMax: 0 }));
  expect(await short()).toEqual({ read: 1, failed: 1 });
  await web(() => askForReading(job, { tenant: "many-3", accountId: wanted.account.id }));
  for (const _ of [2, 3]) expect(await short()).toEqual({ read: 1, failed: 1 });
  expect([...new Set(asked)]).toEqual([first, wanted, second].map(({ tenant }) => tenant.id));
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import OpenAI, { toFile } from "openai";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../scripts/database/client.ts";
import type { AskProblem } from "../core/resources/upkeep.ts";
import { askAboutObject } from "../services/resources/ask-about-object.ts";
import { type AskGateway, refreshResources } from "../services/resources/refresh-resources.ts";
import { signUpkeepToken } from "../services/resources/upkeep-token.ts";
import { tenantWishes } from "../testing/gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";
import { type SpawnedGateway, spawnGateway } from "../testing/spawn-gateway.ts";

let world: GatewayWorld;
let gateway: SpawnedGateway;
let bank: WorldTenant;
let apps: WorldTenant;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  world = await createGatewayWorld();
  gateway = await spawnGateway(world);
  bank = await world.addTenant(tenantWishes.bank);
  apps = await world.addTenant(tenantWishes.apps);
});
afterEach(async () => {
  for (const child of workers.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
});
afterAll(async () => {
  await gateway.kill();
  await world.stop();
});

type Kept = {
  kind: string;
  object_id: string;
  born_host: string | null;
  status: string | null;
  uses: string;
  bytes: string | null;
  asked_at: Date | null;
  ask_problem: AskProblem | null;
  ask_failures: number;
  ask_after: Date | null;
};
type Asked = { path: string; host: string; source: string; verdict: string; application_id: string };

const gatewayUrl = () => `http://127.0.0.1:${gateway.port}`;
const client = ({ key }: WorldTenant) =>
  new OpenAI({ apiKey: key, baseURL: `${gatewayUrl()}/v1`, maxRetries: 0 });
const kept = ({ id }: WorldTenant) =>
  world.sql<Kept>(id, "select * from resource where tenant_id = $1 order by kind, object_id", [id]);
const upkeep = ({ id }: WorldTenant) =>
  world.sql<Asked>(
    id,
    "select facts->>'path' as path, host, source, verdict, application_id from call where tenant_id = $1 and source = 'upkeep' order by started_at",
    [id],
  );
/** As the owner of the database, in a transaction that may write to the tenant. */
const write = ({ id }: WorldTenant, text: string, values: unknown[] = []) =>
  withClient(world.database.ownerUrl, async (client) => {
    await client.query(
      `begin; set local domicile.read_tenants = '${id}'; set local domicile.write_tenant = '${id}'`,
    );
    await client.query(text, values);
    await client.query("commit");
  });
/** Changes what is due, as time would. */
const change = (tenant: WorldTenant, set: string, where = "true") =>
  write(tenant, `update resource set ${set} where ${where}`);
const pass = (ask: AskGateway = askAboutObject(gatewayUrl())) =>
  world.as("worker", () => refreshResources(ask));
const until = async <T>(look: () => Promise<T | undefined | false>): Promise<T> => {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error("It did not come to be in time.");
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
};
const find = async (tenant: WorldTenant, kind: string) =>
  (await kept(tenant)).find((row) => row.kind === kind);

const line = JSON.stringify({
  custom_id: "a",
  method: "POST",
  url: "/v1/chat/completions",
  body: { model: "gpt-5.5-2026-04-23", messages: [{ role: "user", content: "Hi" }] },
});
async function makeBatch(tenant: WorldTenant): Promise<string> {
  const openai = client(tenant);
  const file = await openai.files.create({
    file: await toFile(Buffer.from(line), "b.jsonl"),
    purpose: "batch",
  });
  const { id } = await openai.batches.create({
    input_file_id: file.id,
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
  });
  await until(async () => (await kept(tenant)).some(({ object_id }) => object_id === id));
  return id;
}

function startWorker(): ChildProcess {
  const child = spawn(process.execPath, ["lib/worker/main.ts"], {
    env: {
      ...process.env,
      DATABASE_URL: world.database.urls.worker,
      DOMICILE_PROCESS: "worker",
      GATEWAY_URL: gatewayUrl(),
      DOMICILE_ALLOW_LOSSY_DATABASE: "on",
    },
    stdio: "ignore",
  });
  workers.push(child);
  return child;
}

describe("states of stored objects", () => {
  it("are refreshed by two workers with one call at a time, through the gateway, at the host of their birth", async () => {
    const id = await makeBatch(bank);
    const before = await find(bank, "batch");
    expect(before).toMatchObject({ status: "validating", asked_at: null });
    startWorker();
    startWorker();
    const batch = await until(async () => {
      const row = await find(bank, "batch");
      return row?.status === "completed" && row.asked_at !== null && row;
    });
    expect(batch).toMatchObject({ ask_problem: null, ask_failures: 0, born_host: "eu.api.openai.com" });
    // What it made is known by the answer, and its size by one question of its own.
    await until(async () => (await kept(bank)).filter(({ bytes }) => bytes !== null).length === 2);
    const [made] = await world.sql<{ application_id: string }>(
      bank.id,
      "select application_id from call where tenant_id = $1 and operation = 'batches.create'",
      [bank.id],
    );
    const calls = await until(async () => {
      const rows = await upkeep(bank);
      return rows.length === 2 && rows;
    });
    expect(calls).toEqual([
      {
        path: `/v1/batches/${id}`,
        host: "eu.api.openai.com",
        source: "upkeep",
        verdict: "not_applicable",
        application_id: made?.application_id,
      },
      expect.objectContaining({ path: expect.stringMatching(/^\/v1\/files\/file-/), source: "upkeep" }),
    ]);
    // Looking is not using.
    expect(batch.uses).toBe("0");
    expect(world.provider.received.requests().filter(({ host }) => host !== "eu.api.openai.com")).toEqual([]);
  });

  it("rest while they are settled, and while they were asked about a moment ago", async () => {
    const asked: string[] = [];
    const ask: AskGateway = async ({ path }) => {
      asked.push(path);
      return { problem: null, status: "in_progress", callId: null };
    };
    expect(await pass(ask)).toEqual({ asked: 0, failed: 0 });
    const id = await makeBatch(bank);
    expect(await pass(ask)).toEqual({ asked: 1, failed: 0 });
    expect(await pass(ask)).toEqual({ asked: 0, failed: 0 });
    await change(bank, "ask_after = now()", `object_id = '${id}'`);
    expect(await pass(ask)).toEqual({ asked: 1, failed: 0 });
    expect(asked).toEqual([`/v1/batches/${id}`, `/v1/batches/${id}`]);
  });

  it("are asked about once, however many ask at the same time, and at most thirty a minute", async () => {
    const [row] = (await kept(bank)).filter(({ kind, status }) => kind === "batch" && status !== "completed");
    const copies = Array.from({ length: 50 }, (_, n) => `batch_copy${n}`);
    await write(
      bank,
      `insert into resource (tenant_id, kind, object_id, born_in, born_host, born_grade, born_at, born_call, first_seen_at,
         simulated, application_id, status, status_at)
       select tenant_id, kind, copy, born_in, born_host, born_grade, born_at, born_call, first_seen_at, simulated,
              application_id, status, status_at
         from resource, unnest($2::text[]) copy where object_id = $1`,
      [row?.object_id, copies],
    );
    await change(bank, "asked_at = null, ask_after = null", "kind = 'batch' and status <> 'completed'");
    const asked: string[] = [];
    const ask: AskGateway = async ({ path }) => {
      asked.push(path);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { problem: null, status: "in_progress", callId: null };
    };
    for (const _ of [1, 2, 3, 4, 5, 6])
      await world.as("worker", () => Promise.all([refreshResources(ask), refreshResources(ask)]));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.length).toBeLessThanOrEqual(38);
    await change(bank, "deleted_at = now()", "object_id like 'batch_copy%'");
    await change(bank, "asked_at = now() - interval '2 minutes'", "asked_at is not null");
  });

  it("are not asked for outside the policy, also where it only observes: nothing leaves, and it says why", async () => {
    await makeBatch(apps);
    await change(bank, "ask_after = now() + interval '1 day'");
    const before = world.provider.received.requests().length;
    expect(await pass()).toMatchObject({ failed: 1 });
    expect(world.provider.received.requests().length).toBe(before);
    expect(await find(apps, "batch")).toMatchObject({ born_host: "api.openai.com", ask_problem: "policy" });
    expect(await upkeep(apps)).toEqual([]);
  });

  it("say that the provider does not know them, that the gateway is away, and wait longer each time", async () => {
    const id = await makeBatch(bank);
    await change(bank, "ask_after = now() + interval '1 day'", `object_id <> '${id}'`);
    const away = askAboutObject("http://127.0.0.1:1");
    await pass(away);
    const first = (await kept(bank)).find(({ object_id }) => object_id === id);
    expect(first).toMatchObject({ ask_problem: "gateway_away", ask_failures: 1, status: "validating" });
    await change(bank, "ask_after = now()", `object_id = '${id}'`);
    await pass(away);
    const second = (await kept(bank)).find(({ object_id }) => object_id === id);
    const rest = (row: Kept | undefined) =>
      (row?.ask_after?.getTime() ?? 0) - (row?.asked_at?.getTime() ?? 0);
    expect(second?.ask_failures).toBe(2);
    expect(rest(second)).toBe(2 * rest(first));
  });

  it("that nobody knows at the provider are said to be so", async () => {
    const token = await askFor("/v1/batches/batch_nobody", "batches.retrieve");
    expect(await token).toMatchObject({ problem: "not_found", callId: expect.any(String) });
  });

  it("are asked for now where a person wants it, settled or not", async () => {
    const settled = (await kept(bank)).find(({ kind, status }) => kind === "batch" && status === "completed");
    await change(bank, "ask_wanted_at = now()", `object_id = '${settled?.object_id}'`);
    const asked: string[] = [];
    await pass(async ({ path }) => {
      asked.push(path);
      return { problem: null, status: "completed", callId: null };
    });
    expect(asked).toContain(`/v1/batches/${settled?.object_id}`);
  });

  it("of a fine-tuning job come from the host it was made at", async () => {
    const tuner = await world.addTenant({ ...tenantWishes.bank, slug: "tuner" });
    const openai = client(tuner);
    const example = JSON.stringify({ messages: [{ role: "user", content: "Hi" }] });
    const file = await openai.files.create({
      file: await toFile(Buffer.from(example), "t.jsonl"),
      purpose: "fine-tune",
    });
    const { id } = await openai.fineTuning.jobs.create({
      model: "gpt-4o-2024-08-06",
      training_file: file.id,
    });
    await until(async () => (await find(tuner, "fine_tuning_job")) !== undefined);
    await pass();
    const job = await until(async () => {
      const row = await find(tuner, "fine_tuning_job");
      return row?.asked_at != null && row;
    });
    expect(job).toMatchObject({ object_id: id, born_host: "eu.api.openai.com", ask_problem: null });
    expect(job.status).not.toBeNull();
    const asked = await until(async () => {
      const rows = (await upkeep(tuner)).filter(({ path }) => path === `/v1/fine_tuning/jobs/${id}`);
      return rows.length > 0 && rows;
    });
    expect(asked).toMatchObject([{ host: "eu.api.openai.com", source: "upkeep" }]);
  });
});

describe("a token of the worker", () => {
  it("opens nothing but what it was made for", async () => {
    const token = signUpkeepToken({
      tenantId: bank.id,
      applicationId: await applicationOf(bank),
      host: "eu.api.openai.com",
      operation: "batches.retrieve",
      path: "/v1/batches/batch_1",
    });
    const before = world.provider.received.requests().length;
    const post = (path: string, init: RequestInit) =>
      fetch(gatewayUrl() + path, { ...init, headers: { authorization: `Bearer ${token}` } });
    for (const [path, init] of [
      ["/v1/batches/batch_2", {}],
      ["/v1/batches", {}],
      ["/v1/batches/batch_1/cancel", { method: "POST" }],
      ["/v1/chat/completions", { method: "POST", body: "{}" }],
    ] as const) {
      const answer = await post(path, init);
      expect(await answer.json()).toMatchObject({ error: { code: "key_scope" } });
    }
    expect(world.provider.received.requests().length).toBe(before);
  });
});

async function applicationOf({ id }: WorldTenant): Promise<string> {
  const [row] = await world.sql<{ id: string }>(
    id,
    "select id from application where tenant_id = $1 and name = 'app'",
    [id],
  );
  return row?.id ?? "";
}

async function askFor(path: string, operation: string) {
  const applicationId = await applicationOf(bank);
  const host = "eu.api.openai.com";
  return askAboutObject(gatewayUrl())({
    path,
    token: signUpkeepToken({ tenantId: bank.id, applicationId, host, operation, path }),
  });
}

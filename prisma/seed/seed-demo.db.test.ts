import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { closeDatabases } from "../../lib/db/connection.ts";
import { authenticateKey } from "../../lib/services/keys/authenticate-key.ts";
import { authenticatePerson } from "../../lib/services/people/authenticate-person.ts";
import { createTestDatabase, type TestDatabase } from "../../lib/testing/database.ts";
import { ledgerBalance } from "../../lib/testing/ledger-bytes.ts";
import { type DemoFile, writeState } from "./demo-state.ts";
import { seedDemo } from "./seed-demo.ts";
import { storyWindow } from "./story/tell-story.ts";

const now = new Date("2026-11-22T19:00:00.000Z");
const scale = 0.2;

let home: string;
let database: TestDatabase;
let client: pg.Client;
let tenantIds: Map<string, string>;

beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), "domicile-seed-"));
  database = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", database.ownerUrl);
  const began = performance.now();
  const { calls } = await seed();
  const seconds = (performance.now() - began) / 1_000;
  process.stdout.write(`demo seed: ${calls} calls in ${seconds.toFixed(1)} s\n`);
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string; slug: string }>("select id, slug from tenant");
  tenantIds = new Map(rows.map(({ id, slug }) => [slug, id]));
});

beforeEach(() => {
  vi.stubEnv("DATABASE_URL", database.ownerUrl);
});

afterAll(async () => {
  await client?.end();
  await closeDatabases();
  await database?.drop();
  rmSync(home, { recursive: true, force: true });
});

const seed = (at = now) =>
  seedDemo({ home, webUrl: "http://127.0.0.1:3000", gatewayUrl: "http://127.0.0.1:8787", now: at, scale });

const readDemo = () => JSON.parse(readFileSync(path.join(home, "demo.json"), "utf8")) as DemoFile;

/** Of every tenant, told as the processes do it: of settings, a cluster hands on these alone to its nodes. */
async function ask<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  await client.query(`begin; set local domicile.read_tenants = '${[...tenantIds.values()].join(",")}'`);
  const { rows } = await client.query(sql, [...values]).finally(() => client.query("commit"));
  return rows as Row[];
}

async function counts(sql: string): Promise<Record<string, number>> {
  const rows = await ask<{ name: string; count: string }>(sql);
  return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]));
}

const bands = (slug: string) =>
  counts(
    `select coalesce(band, 'none') as name, count(*) from call where tenant_id = '${tenantIds.get(slug)}' group by 1`,
  );
const reasons = (slug: string) =>
  counts(`select reason as name, count(*) from call, unnest(reasons) reason
          where tenant_id = '${tenantIds.get(slug)}' group by 1`);

const counted = {
  ...{ calls: "call", keys: "gateway_key", people: "person", members: "membership", pins: "pin" },
  ...{ findings: "finding", credentials: "provider_credential" },
};
async function everything(): Promise<Record<string, number>> {
  const told = await counts("select 'counted' as name, sum(calls)::bigint as count from rollup_day");
  for (const [name, table] of Object.entries(counted))
    Object.assign(told, await counts(`select '${name}' as name, count(*) from ${table}`));
  return told;
}

describe("the ledgers of the demo", () => {
  it("balance from their bytes alone: every call of the story has its number and its entry", async () => {
    const query = <Row>(_tenant: string, text: string, values?: unknown[]) => ask<Row>(text, values);
    const rows = await ask<{ id: string; calls: number; refused: number; told: number }>(
      `select tenant_id as id, count(*)::int as calls, (count(*) filter (where call_end = 'refused'))::int as refused,
              (count(*) filter (where source <> 'gateway'))::int as told from call group by 1`,
    );
    expect(rows).toHaveLength(5);
    for (const { id, calls, refused, told } of rows) {
      const balance = await ledgerBalance(query, id);
      expect(balance.objections).toEqual([]);
      expect(balance).toMatchObject({
        intents: calls - refused - told,
        open: 0,
        missing: 0,
        withoutIntent: { refused, imported: told },
      });
      expect(balance.outcomes + balance.unknown).toBe(balance.intents);
    }
  });
});

describe("demo.json", () => {
  it("holds what the contract names, readable by its owner alone", () => {
    const demo = readDemo();
    expect(statSync(path.join(home, "demo.json")).mode & 0o777).toBe(0o600);
    expect(demo.users.map(({ role }) => role).sort()).toEqual([
      "admin",
      "admin",
      "auditor",
      "developer",
      "officer",
      "officer",
    ]);
    expect(demo.tenants.map(({ slug, homeRegion, policy }) => [slug, homeRegion, policy])).toEqual([
      ["nordbank-eu", "eu", "block"],
      ["nordbank-apps", "eu", "observe"],
      ["atlas-us", "us", "block"],
      ["meridian-hybrid", "eu", "hybrid"],
      ["atlas-uk", "gb", "block"],
    ]);
  });

  it("has passwords with which its people sign in", async () => {
    for (const { email, password } of readDemo().users) {
      expect(await authenticatePerson({ email, password, address: null })).toMatchObject({ email });
    }
  });

  it("has keys that open their tenant, aimed as it says", async () => {
    vi.stubEnv("DATABASE_URL", database.urls.gateway);
    for (const { slug, gatewayKey, intakeKey, keys } of readDemo().tenants) {
      for (const { key, target } of keys) {
        expect(await authenticateKey(key)).toMatchObject({
          tenantSlug: slug,
          tenantMode: "simulated",
          target,
        });
      }
      expect(await authenticateKey(gatewayKey)).toMatchObject({ kind: "gateway" });
      expect(await authenticateKey(intakeKey)).toMatchObject({ kind: "intake" });
    }
    const branches = readDemo().tenants[1];
    expect(await authenticateKey(branches?.gatewayKey ?? "")).toMatchObject({ target: "api.openai.com" });
  });

  it("is the only place that keeps a secret once all is done", () => {
    const kept = readFileSync(path.join(home, "demo-seed.json"), "utf8");
    expect(JSON.parse(kept)).toEqual({ end: now.toISOString(), passwords: {}, keys: {}, done: true });
  });
});

describe("the story", () => {
  it("never leaves policy where the policy blocks, and says what was stopped", async () => {
    expect(await bands("nordbank-eu")).toMatchObject({ in_region: expect.any(Number), stopped: 192 + 14 });
    expect(await bands("nordbank-eu")).not.toHaveProperty("outside");
    expect(await bands("meridian-hybrid")).toMatchObject({ stopped: 38 });
    expect(await bands("meridian-hybrid")).not.toHaveProperty("outside");
    expect(await reasons("nordbank-eu")).toMatchObject({
      blocked_by_policy: 206,
      pin_unknown: 22,
      never_sent: expect.any(Number),
    });
  });

  it("routes a hybrid tenant by the traveller's country since two people said so, and not before", async () => {
    const rows = await ask<{
      subject: string;
      region: string;
      before: boolean;
      band: string;
      calls: number;
    }>(`
      select c.facts->>'subjectCountry' as subject, c.served_region as region, c.policy_version = 1 as before, c.band,
             count(*)::int as calls
        from call c where tenant_id = '${tenantIds.get("meridian-hybrid")}' and band in ('in_region', 'outside')
         and facts->>'subjectCountry' is not null group by 1, 2, 3, 4`);
    const went = (subject: string, before: boolean) =>
      rows
        .filter((row) => row.subject === subject && row.before === before)
        .map(({ region, band }) => [region, band]);
    expect(went("US", true)).toEqual([["eu", "in_region"]]);
    expect(went("US", false)).toEqual([["us", "in_region"]]);
    expect(went("CA", false)).toEqual([["eu", "in_region"]]);
    expect(went("DE", false)).toEqual([["eu", "in_region"]]);
    const [policy] = await ask<{ routing: object; asked: string; approved: string }>(`
      select body->'routing' as routing, created_by as asked, approved_by as approved from policy_version
       where tenant_id = '${tenantIds.get("meridian-hybrid")}' order by version desc limit 1`);
    const word = readDemo().tenants.find(({ slug }) => slug === "meridian-hybrid")?.policy;
    expect([word, policy]).toEqual([
      "hybrid",
      {
        routing: { kind: "by_subject_country", map: { US: "us" } },
        asked: "Astrid Berg",
        approved: "Paul Okafor",
      },
    ]);
  });

  it("clears no call that is known from a LiteLLM's log alone", async () => {
    const told = await ask<{ verdict: string; graded: string; calls: number }>(`
      select c.verdict, a.evidence->>'hostGrade' as graded, count(*)::int as calls
        from call c join attempt a on a.tenant_id = c.tenant_id and a.started_at = c.started_at and a.call_id = c.id
       where c.source = 'litellm' group by 1, 2`);
    expect(told).toEqual([{ verdict: "unverifiable", graded: "D", calls: expect.any(Number) }]);
    expect(told[0]?.calls).toBeGreaterThan(50);
  });

  it("keeps files that went through the global host, with what came of them, where nobody promises a place", async () => {
    const kept =
      await counts(`select kind || ' ' || coalesce(born_in, 'unknown') as name, count(*) from resource
      where tenant_id = '${tenantIds.get("atlas-us")}' and kind in ('file', 'batch') group by 1`);
    expect(kept).toEqual({ "file global": 16, "batch global": 8 });
  });

  it("is in region where only storage is asked for, in a region that stores and does not process", async () => {
    expect(Object.keys(await bands("atlas-uk"))).toEqual(["in_region"]);
    const claims = await ask<{ claim: string; value: unknown }>(`
      select distinct claim->>'claim' as claim, claim->'value' as value
        from claim_set, jsonb_array_elements(claims) claim
       where tenant_id = '${tenantIds.get("atlas-uk")}' and claim->>'claim' in ('inference', 'storage') order by 1`);
    expect(claims).toEqual([
      { claim: "inference", value: "undetermined" },
      { claim: "storage", value: ["GB"] },
    ]);
  });

  it("leaves one change of a policy to a second person", async () => {
    const waiting = await ask<{ by: string; tenant: string }>(`
      select requested_by as by, tenant_id as tenant from policy_proposal p
       where not exists (select from policy_decision d where d.tenant_id = p.tenant_id and d.proposal_id = p.id)`);
    expect(waiting).toEqual([{ by: "Paul Okafor", tenant: tenantIds.get("atlas-uk") }]);
  });

  it("counts the global host of a tenant that accepted it as permitted, never as in region", async () => {
    expect(await bands("atlas-us")).not.toHaveProperty("outside");
    const onGlobal = await counts(`select band as name, count(*) from call
                                   where tenant_id = '${tenantIds.get("atlas-us")}' and host = 'api.openai.com' and band is not null group by 1`);
    expect(Object.keys(onGlobal)).toEqual(["permitted"]);
  });

  it("has every scene of the observed tenant, judged by the rules and not by hand", async () => {
    expect(await reasons("nordbank-apps")).toMatchObject({
      attempted_egress: 9,
      host_lookalike: 3,
      third_party_tool: 7,
      service_tier_not_eligible: 12,
      host_out_of_region: expect.any(Number),
    });
    const stored =
      await counts(`select case when source = 'gateway' then 'stored' else source end as name, count(*) from call
      where tenant_id = '${tenantIds.get("nordbank-apps")}' and 'pin_unknown' = any(reasons) group by 1`);
    expect(stored).toMatchObject({ stored: 92 });
    const severities =
      await counts(`select f.cause || ' ' || f.severity || ' ' || f.basis as name, sum(c.calls) as count
        from finding f join finding_counter c on c.tenant_id = f.tenant_id and c.finding_id = f.id
        where f.cause in ('host_lookalike', 'attempted_egress') group by 1`);
    expect(severities).toEqual({
      "host_lookalike critical reported": 3,
      "attempted_egress high observed": 9,
    });
  });

  it("leaves Europe only in the forty minutes of the outage, each time after Europe had failed", async () => {
    const { europeanOutage } = storyWindow(now.getTime());
    const rows = await ask<{ startedAt: Date; status: number; failed: boolean }>(`
      select c.started_at as "startedAt", c.status,
             exists (select from call e where e.tenant_id = c.tenant_id and e.application_id = c.application_id
                       and e.host = 'eu.api.openai.com' and e.status is distinct from 200
                       and e.started_at between c.started_at - interval '12 seconds' and c.started_at) as failed
        from call c where 'host_out_of_region' = any(c.reasons)`);
    expect(rows.length).toBeGreaterThan(20);
    for (const { startedAt, status, failed } of rows) {
      expect(startedAt.getTime()).toBeGreaterThan(europeanOutage.from);
      expect(startedAt.getTime()).toBeLessThan(europeanOutage.to + 15_000);
      expect(status).toBe(200);
      expect(failed).toBe(true);
    }
  });

  it("shows calls without an end as such, not verifiable", async () => {
    const open = await counts(
      "select verdict as name, count(*) from call where call_end = 'unknown' and ended_at is null group by 1",
    );
    expect(open).toEqual({ unverifiable: 5 });
  });

  it("takes a little longer in Europe than in the United States", async () => {
    const median = await counts(`select served_region as name,
        percentile_cont(0.5) within group (order by ttft_ms) as count from call
        where stream and model_requested = 'gpt-5.5' and served_region in ('eu', 'us') group by 1`);
    expect(median.eu).toBeGreaterThan(median.us ?? Number.POSITIVE_INFINITY);
    expect(median.eu).toBeLessThan(2 * (median.us ?? 0));
  });

  it("is held against OpenAI's figures: all agrees but the afternoon on which somebody went past the gateway", async () => {
    const states = await counts(
      "select state || case when settled_at is null then ' provisional' else '' end as name, count(*) from usage_comparison group by 1",
    );
    expect(states).toEqual({
      agrees: expect.any(Number),
      "agrees provisional": expect.any(Number),
      more_at_provider: 1,
    });
    const missing = await ask<{ tenant: string; missing: number; cause: string }>(`
      select u.tenant_id as tenant, u.missing::int as missing, f.cause from usage_comparison u
        join finding f on f.tenant_id = u.tenant_id and f.project_id = u.project_id where u.missing > 0`);
    expect(missing).toEqual([
      { tenant: tenantIds.get("nordbank-eu"), missing: expect.any(Number), cause: "usage_not_recorded" },
    ]);
    expect(missing[0]?.missing).toBeLessThanOrEqual(60);
  });

  it("is counted in full by the rollups, marked simulated throughout", async () => {
    const { calls, counted } = await everything();
    expect(counted).toBe(calls);
    expect(await counts("select simulated::text as name, count(*) from call group by 1")).toEqual({
      true: calls,
    });
  });
});

describe("the officers' work", () => {
  const states = (slug: string) =>
    counts(`select cause || ' ' || state as name, count(*) from finding
            where tenant_id = '${tenantIds.get(slug)}' group by 1`);

  it("has closed what is over and left open what is not", async () => {
    const branches = await states("nordbank-apps");
    expect(branches).toMatchObject({
      "pin_unknown resolved": 1,
      "attempted_egress acknowledged": 1,
      "host_lookalike open": 1,
      "third_party_tool accepted": 1,
    });
    expect(branches["host_out_of_region open"]).toBeGreaterThan(0);
    const bank = Object.keys(await states("nordbank-eu"));
    expect(bank).toContain("project_not_pinned resolved");
    expect(bank).not.toContain("project_not_pinned open");
  });

  it("is in the history under the name of who did it, never before the case was opened", async () => {
    const rows = await ask<{ actor: string; kind: string; late: boolean }>(`
      select e.actor, e.kind, e.at > f.opened_at as late from finding_event e
        join finding f on f.tenant_id = e.tenant_id and f.id = e.finding_id where e.kind <> 'opened'`);
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(
      new Set(["Katrin Vogel", "Jonas Lind", "Helen Marsh"]),
    );
    expect(rows.every(({ late }) => late)).toBe(true);
    expect(rows.some(({ kind }) => kind === "reopened")).toBe(false);
  });
});

describe("a second run", () => {
  it("finds everything there and changes nothing", async () => {
    const before = await everything();
    const demo = readDemo();
    expect(await seed(new Date("2026-12-01T00:00:00.000Z"))).toEqual({ alreadyDone: true, calls: 0 });
    expect(await everything()).toEqual(before);
    expect(readDemo()).toEqual(demo);
  });

  it("goes on where a run was cut short, without a second of anything", async () => {
    const before = await everything();
    const { users, tenants } = readDemo();
    const keys = tenants.flatMap(({ slug, keys }) => keys.map(({ name, key }) => [`${slug}/${name}`, key]));
    writeState(home, {
      end: now.toISOString(),
      passwords: Object.fromEntries(users.map(({ email, password }) => [email, password])),
      keys: Object.fromEntries(keys),
      done: false,
    });
    expect(await seed(new Date("2026-12-01T00:00:00.000Z"))).toMatchObject({ alreadyDone: false });
    expect(await everything()).toEqual(before);
  });
});

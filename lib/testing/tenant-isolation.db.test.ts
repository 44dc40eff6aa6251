import { globSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { seedDemo } from "../../prisma/seed/seed-demo.ts";
import { policyFromPreset } from "../core/policies/presets.ts";
import { type CatalogRow, rowId } from "../core/regions/catalog-tables.ts";
import { openaiCatalog } from "../core/regions/openai-catalog.ts";
import { writeHeads } from "../services/calls/cursors.ts";
import { openSession } from "../services/sessions/open-session.ts";
import { sampleAnalysis } from "./sample-analysis.ts";
import { createSignerWorld, type SignerWorld } from "./signer-world.ts";
import { createStoreWorld, type StoreWorld } from "./store-world.ts";

/** Whose browser asks. */
let token: string;
vi.mock("next/headers", () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ getAll: () => [] }),
}));
vi.mock("../auth/next-auth.ts", () => ({ readSessionToken: async () => token }));

const api = path.resolve(import.meta.dirname, "../../app/api");
const routes = globSync("**/route.ts", { cwd: api })
  .map((file) => file.replace(/\/?route\.ts$/, ""))
  .toSorted();
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];

/** Routes that belong to no tenant and ask for no session, or not in this way. */
const outside: Readonly<Record<string, string>> = {
  "[[...path]]": "every address that no other route has",
  "auth/[...nextauth]": "signing in and out; e2e/sign-in.spec.ts",
  "csp-reports": "takes reports of browsers and answers nothing",
};

/** What is about the reader alone and changes nothing but what is his. */
const oneself = new Set([
  "POST session/confirmation",
  "POST session/password",
  "POST session/second-factor",
  "PATCH session/second-factor",
  "DELETE session/second-factor",
]);

/** What answers whoever is signed in. It is held against what is the bank's all the same. */
const everybodys: Readonly<Record<string, string>> = {
  "GET calls/[id]/restatements": "nothing, of a call that is not one's own",
  "GET calls/views": "one's own views, and those shared in one's tenants",
  "GET catalog": "the catalog of the deployment",
  "GET catalog/export": "the catalog of the deployment",
  "POST catalog/preview": "what a change of the catalog would do to one's own tenants",
  "GET catalog/proposals": "catalogs that wait for a second administrator",
  "GET catalog/schema": "the form of a catalog",
  "GET catalog/versions": "versions of the catalog",
  "GET catalog/versions/[version]": "a version of the catalog",
  "GET ledger/trust-root":
    "the keys of every log under names that say nothing: whoever verifies a pack needs them",
  "GET lookup": "what is one's own under that number or id, and nothing of the bank's",
  "GET playground/calls/[id]": "that there is no such call yet: the page asks until there is",
  "GET presets": "presets of policies",
  "GET prices": "the price book of the deployment",
  "GET session": "oneself",
  "GET session/confirmation": "oneself",
  "GET session/sign-in": "oneself",
  "GET sessions": "sessions of the members of tenants that one administers",
  "GET tenants": "one's own tenants",
};

const reason = "Because the test of isolation asks for it, at some length.";
const span = { from: "2026-11-20T00:00:00.000Z", to: "2026-11-22T00:00:00.000Z" };
const host = "eu.api.openai.com";
const model = "gpt-5.5";
const scope = { ...span, method: { kind: "notice", verdict: "unverifiable" } };
const policy = policyFromPreset("no_location_requirement", {
  homeRegion: null,
  enforcement: { mode: "block" },
  acceptance: { acceptedBy: "Somebody", reason, reviewOn: "2027-06-01" },
});
const removed = {
  kind: "remove",
  table: "models",
  id: rowId("models", openaiCatalog.models[0] as CatalogRow),
};
const registered = {
  kind: "system_description",
  fields: {
    ...{ purpose: reason, dataFlow: reason, subprocessors: reason, keyCustody: reason },
    ...{ reviewDue: "2027-06-01", responsible: "Ines" },
  },
};

/** What is sent where a tenant and nothing else is no whole question. That it is one is shown by the bank's own admin, who sends it too. */
const bodies = (): Readonly<Record<string, Record<string, unknown>>> => ({
  "POST accounts": { label: "Bank AG", secret: "sk-admin-sim-bank" },
  "POST accounts/[id]/replace": { secret: "sk-admin-sim-other" },
  "POST alerts/destinations": {
    kind: "webhook",
    name: "Desk",
    address: "https://receiver.example/a",
    country: "DE",
  },
  "PATCH alerts/destinations/[id]": {
    name: "Desk",
    address: null,
    country: "DE",
    minSeverity: "low",
    kinds: ["finding_opened"],
  },
  "POST alerts/destinations/[id]/secret": { overlapHours: 0 },
  "POST applications/[id]": { purpose: "To ask.", dataCategory: "internal", owner: "" },
  "POST calls/views": { name: "Mine", search: {} },
  "PATCH calls/views/[id]": { name: "Mine too", shared: true },
  "POST catalog/confirmations": { version: 1, table: "hosts", id: "eu.api.openai.com", statement: reason },
  "POST catalog/preview": { draft: { kind: "edits", edits: [removed] } },
  "POST catalog/versions": { basedOn: 1, reason, draft: { kind: "edition" } },
  "POST connectivity": { host, model, credentialId: ids.provider_credential },
  "POST credentials": { label: "New", secret: "sk-sim-eu-new-key", projectId: null, hosts: [host] },
  "POST credentials/[id]/project": { projectId: "proj_named" },
  "POST credentials/[id]/replace": { secret: "sk-sim-eu-other-key", sameProject: true },
  "POST findings/[id]/analyse": sampleAnalysis(),
  "POST findings/[id]/assign": { assigneeId: null, dueAt: null },
  "POST findings/[id]/check": { outcome: "effective", note: reason },
  "POST findings/[id]/comment": { note: reason },
  "POST findings/[id]/exceptions": { kind: "waiver", reason, expiresAt: inDays(60) },
  "POST findings/[id]/exceptions/[exceptionId]/end": { note: reason },
  "POST findings/[id]/resolve": { resolution: "config_fix", note: reason, analysis: sampleAnalysis() },
  "POST imports": {
    application: "desk",
    format: "ndjson",
    fileName: "calls.ndjson",
    fileBytes: 10,
    dryRun: false,
  },
  "POST imports/preview": { format: "ndjson", records: [] },
  "POST imports/[id]/parts": { seq: 0, bytesRead: 0, records: [] },
  "POST keys": { name: "new", application: "loan-desk" },
  "POST latency/probe": { first: "eu", second: "us", model, rounds: 1 },
  "POST members": { email: third?.email, role: "auditor" },
  "PATCH members/[id]": { role: "auditor" },
  "POST models/listings": { host },
  "POST people": { email: "nobody@example.com", name: "Nobody" },
  "POST people/[id]/identity": { subject: "a1" },
  "POST pins": {
    credentialId: ids.provider_credential,
    kind: "processing",
    region: "eu",
    attestedBy: "Ines",
    statement: reason,
  },
  "POST pins/probe": { credentialId: ids.provider_credential, region: "eu", disclose: true },
  "POST playground": { target: "eu", model, prompt: "Hello" },
  "POST policies": { policy, reason, baseVersion: 1 },
  "POST policies/replay": { ...span, under: { version: 1 } },
  "POST prices": {
    mode: "live",
    model,
    effectiveFrom: "2026-01-01",
    inputUsd: 1,
    outputUsd: 1,
    source: reason,
  },
  "POST prices/withdraw": { mode: "live", model, effectiveFrom: "2026-01-01", reason },
  "POST tenants": { name: "New", slug: "new", mode: "simulated", preset: "eea_ch" },
  "POST register": registered,
  "POST register/[id]": { fields: registered.fields, baseVersion: 1, reason },
  "POST register/[id]/withdraw": { baseVersion: 1, reason },
  "POST reports": span,
  "POST reports/[id]/links": { part: "pack" },
  "POST reports/schedules": { every: "monthly" },
  "POST resources/refresh": { kind: ids.resourceKind, id: ids.resource },
  "POST restatements": {
    ...scope,
    statement: reason,
    evidence: reason,
    evidenceUrl: "https://example.com/notice",
  },
  "POST restatements/preview": scope,
  "POST retention": { preset: "one_year", reason },
  "POST retention/erasures": { endUser: "somebody", reference: "R-100", reason },
  "POST retention/erasures/trace": { endUser: "somebody" },
  "POST retention/holds": { name: "Audit", reason },
  "POST retention/holds/[id]/lift": { reason },
});

/** The same for the words of an address. */
const searches = (): Readonly<Record<string, Record<string, string>>> => ({
  "GET applications/export": { format: "csv" },
  "GET calls/export": { format: "csv" },
  "GET calls/live": { after: writeHeads([{ tenantId: bankId, seq: 0 }]) },
  "GET calls/new": { after: writeHeads([{ tenantId: bankId, seq: 0 }]) },
  "GET calls/first": { application: "loan-desk" },
  "GET findings/export": { format: "csv" },
  "GET latency/export": { format: "csv" },
  "GET lookup": { q: ids.finding ?? "" },
  "GET ledger/checkpoints/note": { epoch: "1", size: signed[0]?.size ?? "", at: signed[0]?.at ?? "" },
  "GET ledger/consistency": { epoch: "1", from: signed[0]?.size ?? "", to: signed[1]?.size ?? "" },
  "GET ledger/entries/proof": { epoch: "1", index: "0" },
  "GET reports/preview": span,
  "GET resources/export": { format: "csv" },
  "GET resources/object": { kind: ids.resourceKind ?? "", id: ids.resource ?? "" },
  "GET retention/preview": { preset: "one_year" },
  "GET usage/coverage/export": { format: "csv" },
  "GET usage/export": { format: "csv" },
});

/** Asked of the bank's own admin first, so that there is one of each to ask for: in this order. */
const makes = [
  "POST accounts",
  "POST alerts/destinations",
  "POST alerts/destinations/[id]/test",
  "POST calls/views",
  "POST imports",
  "POST policies",
  "POST findings/[id]/exceptions",
  "POST register",
  "POST reports",
  "POST reports/schedules",
  "POST restatements",
  "POST retention",
  "POST retention/holds",
];

/** Where the id behind a folder of an address is looked up. */
const tables: Readonly<Record<string, { table: string; id?: string }>> = {
  accounts: { table: "provider_account" },
  "alerts/deliveries": { table: "alert_delivery" },
  "alerts/destinations": { table: "alert_destination" },
  applications: { table: "application" },
  calls: { table: "call" },
  "calls/views": { table: "call_view" },
  credentials: { table: "provider_credential" },
  exceptions: { table: "finding_exception" },
  findings: { table: "finding" },
  imports: { table: "import_job" },
  keys: { table: "gateway_key" },
  members: { table: "membership", id: "person_id" },
  "playground/calls": { table: "call" },
  "policies/proposals": { table: "policy_proposal" },
  register: { table: "register_version", id: "item_id" },
  reports: { table: "report" },
  "reports/schedules": { table: "report_schedule" },
  restatements: { table: "restatement" },
  "retention/holds": { table: "legal_hold" },
  "retention/requests": { table: "retention_request" },
};

const surroundings = {
  GATEWAY_URL: "http://127.0.0.1:9",
  DOMICILE_OIDC_ISSUER: "https://id.example",
  DOMICILE_OIDC_CLIENT_ID: "domicile",
  DOMICILE_OIDC_CLIENT_SECRET: "of a test",
};
const now = new Date("2026-11-22T19:00:00.000Z");
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const bankSlug = "nordbank-apps";
let world: StoreWorld;
let signers: SignerWorld;
let home: string;
let bankId: string;
/** Admins of the bank and of another tenant; neither administers the deployment. */
let insider: { personId: string; token: string };
let outsider: { personId: string; token: string };
let third: { email: string } | undefined;
let signed: readonly { size: string; at: string }[] = [];
const ids: Record<string, string> = {};

beforeEach(() => {
  for (const [name, value] of Object.entries(surroundings)) vi.stubEnv(name, value);
});
beforeAll(async () => {
  // Nothing is sent anywhere; and binding somebody takes a provider, or nobody is refused it for who he is.
  for (const [name, value] of Object.entries(surroundings)) vi.stubEnv(name, value);
  home = mkdtempSync(path.join(os.tmpdir(), "domicile-isolation-"));
  world = await createStoreWorld();
  const at = { home, webUrl: "http://127.0.0.1:3000", gatewayUrl: "http://127.0.0.1:8787" };
  await world.as("owner", () => seedDemo({ ...at, now, scale: 0.02 }));
  // What a report is asked of has to be signed.
  signers = createSignerWorld(world);
  const signer = signers.open();
  await signers.pass(signer);
  await world.addTenant("other");
  const [bank] = await world.sql<{ id: string }>("owner", {}, "SELECT id FROM tenant WHERE slug = $1", [
    bankSlug,
  ]);
  bankId = bank?.id ?? "";
  insider = await world.addPerson("ines", { [bankSlug]: "admin" });
  outsider = await world.addPerson("oskar", { other: "admin" });
  third = await world.addPerson("tilda", {});
  // Of two sizes.
  signers.clock.wait(60_000);
  await signers.pass(signer);
  signed = await world.sql<{ size: string; at: string }>(
    "owner",
    { read: [bankId] },
    `SELECT size::text, to_char(signed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
       FROM ledger_checkpoint WHERE tenant_id = $1 ORDER BY size`,
    [bankId],
  );
  expect(signed.length).toBeGreaterThan(1);
  ids.session = await sessionOf(insider.personId);
  await lookUp();
  for (const made of makes) {
    const answer = await asked(insider.token, made, bankSlug);
    expect([200, 201, 204], `${made}: ${answer.text}`).toContain(answer.status);
    await lookUp();
  }
}, 240_000);
afterAll(async () => {
  signers?.drop();
  await world.drop();
  rmSync(home, { recursive: true, force: true });
});

/** The newest of each that is the bank's. */
async function lookUp(): Promise<void> {
  for (const { table, id = "id" } of Object.values(tables)) {
    const [row] = await world.sql<{ id: string }>(
      "owner",
      { read: [bankId] },
      `SELECT ${id} AS id FROM ${table} WHERE tenant_id = $1 ORDER BY ${id} DESC LIMIT 1`,
      [bankId],
    );
    if (row) ids[table] = row.id;
  }
  const [resource] = await world.sql<{ kind: string; id: string }>(
    "owner",
    { read: [bankId] },
    "SELECT kind, object_id AS id FROM resource WHERE tenant_id = $1 ORDER BY kind IN ('batch', 'fine_tuning_job', 'file') DESC, kind LIMIT 1",
    [bankId],
  );
  ids.resource = resource?.id ?? "";
  ids.resourceKind = resource?.kind ?? "";
}

async function sessionOf(personId: string): Promise<string> {
  const { sessionId } = await world.as("web", () =>
    openSession({ personId, userAgent: "test", way: "password" }),
  );
  return sessionId;
}

/** What stands for the `[…]` of an address: always the bank's. */
function paramsOf(route: string): Record<string, string> {
  const parts = route.split("/");
  return Object.fromEntries(
    parts.flatMap((part, at) => {
      const name = /^\[(\w+)\]$/.exec(part)?.[1];
      if (name === undefined) return [];
      return [[name, given(parts.slice(0, at), name)]];
    }),
  );
}

function given(before: readonly string[], name: string): string {
  if (name === "tenant") return bankSlug;
  if (name === "version") return "1";
  // Whose link it is stands in lib/worker/build-reports.db.test.ts: here is no pack yet.
  if (name === "token") return "x".repeat(43);
  const place = before.join("/");
  if (place === "sessions") return ids.session ?? "";
  if (place === "people") return insider.personId;
  if (place === "catalog/proposals") return "01977777-0000-7000-8000-000000000001";
  const found = tables[place] ?? tables[before.at(-1) ?? ""];
  const id = found && ids[found.table];
  if (!id)
    throw new Error(
      `The bank has nothing for ${place}/[${name}]: say where it is looked up, and how it is made.`,
    );
  return id;
}

type Answer = { readonly status: number; readonly text: string };

/** `tenant` null: none is named. */
async function asked(by: string, ask: string, tenant: string | null): Promise<Answer> {
  token = by;
  const [method = "", route = ""] = ask.split(" ");
  const handle = (await import(path.join(api, route, "route.ts")))[method] as (
    request: Request,
    context: { params: Promise<Record<string, string>> },
  ) => Promise<Response>;
  const named: Record<string, string> = tenant === null ? {} : { tenant };
  const search = new URLSearchParams(method === "GET" ? { ...named, ...searches()[ask] } : {});
  const request = new Request(`http://127.0.0.1:3000/api/${route}?${search}`, {
    method,
    ...(method === "GET"
      ? {}
      : {
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ...bodies()[ask], ...named }),
        }),
  });
  return world.as("web", async () => {
    const answer = await handle(request, { params: Promise.resolve(paramsOf(route)) });
    // A stream goes on until somebody leaves.
    const isEndless = answer.headers.get("content-type")?.startsWith("text/event-stream");
    if (isEndless) await answer.body?.cancel();
    return { status: answer.status, text: isEndless ? "" : await answer.text() };
  });
}

/** Methods that a route has: it refuses all others the same way. */
async function askable(): Promise<string[]> {
  const found: string[] = [];
  for (const route of routes) {
    if (Object.hasOwn(outside, route)) continue;
    const module = (await import(path.join(api, route, "route.ts"))) as Partial<
      Record<Method, () => unknown>
    >;
    for (const method of methods) if (module[method]?.length !== 0) found.push(`${method} ${route}`);
  }
  return found;
}

/** What may stand in no answer to somebody outside: who and what the bank is, and what is its own. */
function marks(asked: Answer): string[] {
  const all = { bankId, insider: insider.personId, ...ids };
  return Object.entries(all).flatMap(([name, id]) =>
    id.length >= 20 && asked.text.includes(id) ? [name] : [],
  );
}

/** What nobody asks in the name of a tenant. */
const ofDeployment = /^\w+ (catalog|lookup|people|prices|tenants$|session\/|presets)/;
const asks = (await askable()).filter((ask) => !oneself.has(ask));
const refused = [403, 404];
/** Whether the question names something of the bank's beside the tenant. */
const isForeign = (ask: string): boolean => {
  // The provider is asked about none of the demo's kinds; the object itself is asked for by `GET resources/object`.
  if (ask === "POST resources/refresh") return false;
  const said = JSON.stringify([bodies()[ask], searches()[ask]]);
  return ask.includes("[") || Object.values(ids).some((id) => id.length > 8 && said.includes(id));
};

describe("somebody of another tenant", () => {
  it.each(asks)("is answered nothing of the bank's: %s", async (ask) => {
    const answer = await asked(outsider.token, ask, ofDeployment.test(ask) ? null : bankSlug);
    if (Object.hasOwn(everybodys, ask)) expect(answer.status, answer.text).toBe(200);
    else expect(refused, answer.text).toContain(answer.status);
    expect(marks(answer)).toEqual([]);
  });

  it("is refused what is the bank's in the name of his own tenant as well", async () => {
    const let_in: string[] = [];
    for (const ask of asks.filter((each) => isForeign(each) && !ofDeployment.test(each))) {
      const answer = await asked(outsider.token, ask, "other");
      const isNothing = Object.hasOwn(everybodys, ask) && ["[]", "null"].includes(answer.text);
      if ((!refused.includes(answer.status) && !isNothing) || marks(answer).length > 0)
        let_in.push(`${ask}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
    expect(let_in).toEqual([]);
  });

  it("finds nothing of it where he names no tenant", async () => {
    const told: string[] = [];
    for (const ask of asks.filter((each) => each.startsWith("GET ") && !each.includes("["))) {
      const answer = await asked(outsider.token, ask, null);
      if (answer.status >= 500 || marks(answer).length > 0)
        told.push(`${ask}: ${answer.status} ${marks(answer)}`);
    }
    expect(told).toEqual([]);
  });
});

describe("the bank's own admin", () => {
  it("asks whole questions: none of them was refused for what it lacks", async () => {
    const out: string[] = [];
    // What is taken away goes last; of a link the reports' own tests tell.
    const inOrder = asks.toSorted((a, b) => Number(a.startsWith("DELETE")) - Number(b.startsWith("DELETE")));
    for (const ask of inOrder.filter((each) => each !== "GET reports/download/[token]")) {
      const answer = await asked(insider.token, ask, ofDeployment.test(ask) ? null : bankSlug);
      if ([400, 404, 405, 500].includes(answer.status))
        out.push(`${ask}: ${answer.status} ${answer.text.slice(0, 300)}`);
    }
    expect(out).toEqual([]);
  });
});

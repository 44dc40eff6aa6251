import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders, RequestListener } from "node:http";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AccountQuestion } from "../core/accounts/account-question.ts";
import { openAuthority } from "../providers/simulated/authority.ts";
import { signAccountToken } from "../services/accounts/account-token.ts";
import { addAccount } from "../services/accounts/add-account.ts";
import { askProvider } from "../services/accounts/ask-provider.ts";
import { revokeAccount } from "../services/accounts/revoke-account.ts";
import type { Actor } from "../services/actor.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";
import { startTlsBackend, type TlsBackend } from "../testing/tls-backend.ts";

type Caught = {
  readonly host: string;
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
};

const job: Actor = { kind: "system", job: "test" };
const home = "api.openai.com";
/** Hosts that have certificates, addresses and ears, and that no admin key may reach. */
const traps = ["evil.example.com", "eu.api.openai.com", "us.api.openai.com", "api.openai.eu"];
const secret = "sk-admin-sim-trapped-key";
const projectId = "proj_sim1";

let folder: string;
let world: GatewayWorld;
let bank: WorldTenant;
let other: WorldTenant;
let accountId: string;
let caught: Caught[] = [];
let answer: RequestListener;
const backends: TlsBackend[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "domicile-account-"));
  const hosts = [home, ...traps];
  const authority = await openAuthority(folder, hosts);
  for (const host of hosts) {
    const certificate = authority.hosts[host];
    if (!certificate) throw new Error("No certificate was made.");
    backends.push(
      await startTlsBackend(certificate, (request, response) => {
        const { url = "", method = "", headers } = request;
        caught.push({ host, url, method, headers });
        answer(request, response);
      }),
    );
  }
  world = await createGatewayWorld({
    connectTo: hosts.map((host, at) => ({ host, address: "127.0.0.1", port: backends[at]?.port ?? 0 })),
    simulatedAuthorities: authority.ca,
  });
  bank = await world.addTenant({ slug: "bank", preset: "eea_ch" });
  other = await world.addTenant({ slug: "other", preset: "eea_ch" });
  accountId = (await world.as("web", () => addAccount(job, { tenant: "bank", label: "Bank", secret }))).id;
});
beforeEach(() => {
  caught = [];
  answer = json(200, {
    id: projectId,
    name: "Loans",
    residency: "EU_STORAGE_PROCESSING",
    owner: "ann@example.com",
  });
});
afterAll(async () => {
  await world.stop();
  for (const backend of backends) await backend.stop();
  rmSync(folder, { recursive: true, force: true });
});

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
const gatewayUrl = () => `http://127.0.0.1:${world.gateway.port}`;
const project = { kind: "project", projectId } as const;
const ask = <Question extends AccountQuestion>(
  question: Question,
  over: { tenantId?: string; accountId?: string } = {},
) => askProvider(gatewayUrl(), { tenantId: bank.id, accountId, question, ...over });
const post = (token: string, init: RequestInit = {}) =>
  fetch(`${gatewayUrl()}/internal/account`, {
    method: "POST",
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });

describe("a question of an account", () => {
  it("is one GET at the global host, with the admin key in one header", async () => {
    expect(await ask(project)).toEqual({
      outcome: "ok",
      body: { id: projectId, name: "Loans", status: null, residency: "EU_STORAGE_PROCESSING" },
    });
    expect(caught).toMatchObject([
      { host: home, method: "GET", url: `/v1/organization/projects/${projectId}` },
    ]);
    const { authorization, ...rest } = caught[0]?.headers ?? {};
    expect(authorization).toBe(`Bearer ${secret}`);
    expect(JSON.stringify(rest)).not.toContain("sk-");
    expect(rest.host).toBe(home);
  });

  it("is answered with what was asked for alone: what else the provider said goes no further", async () => {
    const token = signAccountToken({ tenantId: bank.id, accountId, question: project });
    const text = await (await post(token)).text();
    expect(text).toContain("EU_STORAGE_PROCESSING");
    expect(text).not.toContain("ann@example.com");
    expect(text).not.toContain("sk-");
  });

  it.each([
    [401, "key_refused"],
    [403, "not_permitted"],
    [404, "not_found"],
    [429, "too_many_requests"],
    [500, "provider_failed"],
    [400, "provider_failed"],
  ] as const)("answered with %i is %s", async (status, outcome) => {
    answer = json(status, { error: { message: `No, ${secret}` } });
    expect(await ask(project)).toEqual({ outcome, body: null });
  });

  it("is led nowhere by a redirect", async () => {
    for (const status of [301, 302, 303, 307, 308])
      for (const host of traps) {
        answer = json(status, {}, { location: `https://${host}/v1/organization/projects/${projectId}` });
        expect(await ask(project)).toEqual({ outcome: "provider_failed", body: null });
      }
    expect(new Set(caught.map(({ host }) => host))).toEqual(new Set([home]));
  });

  it("is unreadable where the answer is no JSON, of another project, or endless", async () => {
    answer = (_request, response) => response.writeHead(200).end('{"id": ');
    expect(await ask(project)).toEqual({ outcome: "answer_unreadable", body: null });
    answer = json(200, { id: "proj_other" });
    expect(await ask(project)).toEqual({ outcome: "answer_unreadable", body: null });
    answer = (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = (): void => {
        while (!response.destroyed && response.write(" ".repeat(64 * 1024)));
        response.once("drain", more);
      };
      more();
    };
    expect(await ask(project)).toEqual({ outcome: "answer_unreadable", body: null });
  });

  it("is unreachable where the connection ends without an answer", async () => {
    answer = (request) => request.socket.destroy();
    expect(await ask(project)).toEqual({ outcome: "unreachable", body: null });
  });

  it("is asked of nobody where the account is another tenant's, unknown or revoked", async () => {
    const closed = { outcome: "account_closed", body: null };
    expect(await ask(project, { tenantId: other.id })).toEqual(closed);
    expect(await ask(project, { accountId: other.id })).toEqual(closed);
    const { id } = await world.as("web", () =>
      addAccount(job, { tenant: "bank", label: "Old", secret: "sk-admin-sim-old-key" }),
    );
    await world.as("web", () => revokeAccount(job, { tenant: "bank", accountId: id }));
    expect(await ask(project, { accountId: id })).toEqual(closed);
    expect(caught).toEqual([]);
  });

  it("leaves no call in the record", async () => {
    await ask(project);
    expect(await world.sql(bank.id, "select 1 from call")).toEqual([]);
  });
});

describe("the token of a question", () => {
  it("is ours, fresh, and posted", async () => {
    const claims = { tenantId: bank.id, accountId, question: project };
    const good = signAccountToken(claims);
    for (const bad of [
      `${good.slice(0, -2)}AA`,
      signAccountToken(claims, Date.now() - 61_000),
      "domac_x.y",
      bank.key,
      "",
    ])
      expect((await post(bad)).status, bad).toBe(401);
    expect((await post(good, { method: "PUT" })).status).toBe(405);
    expect(caught).toEqual([]);
    expect((await post(good)).status).toBe(200);
  });

  it("with eight projects and the longest cursor is still one", async () => {
    const question = {
      kind: "usage",
      usage: "audio_transcriptions",
      projectIds: Array.from({ length: 8 }, (_, i) => `proj_${String(i).padEnd(24, "a")}`),
      from: "2026-11-27T00:00:00.000Z",
      to: "2026-11-30T00:00:00.000Z",
      page: "p".repeat(200),
    } as const;
    answer = json(200, { object: "page", data: [], has_more: false, next_page: null });
    expect(await ask(question)).toEqual({ outcome: "ok", body: { rows: [], next: null } });
  });
});

/** Names by which one may be told another address, another key or another question. */
const names = [
  "host base_url baseURL endpoint url uri server target upstream proxy location redirect callback api_base path",
  "method tenantId accountId question projectId kind key apiKey authorization organization x-domicile-target-region",
  "__proto__ constructor",
]
  .join(" ")
  .split(" ");
const addresses = [
  ...traps.flatMap((trap) => [trap, `https://${trap}/v1`, `//${trap}`, `${trap}:443`]),
  "https://api.openai.com@evil.example.com/v1",
  "http://169.254.169.254/latest/meta-data",
  "../../../evil.example.com",
];
const headerNames = [
  "host x-forwarded-host forwarded x-original-url x-rewrite-url x-http-method-override x-target-url x-base-url",
  "openai-organization openai-project api-key x-api-key proxy-authorization location referer x-upstream",
]
  .join(" ")
  .split(" ");
const text = fc.oneof(fc.constantFrom(...addresses), fc.string({ maxLength: 40 }));

describe("an admin key", () => {
  it("goes to its host and nowhere else, whatever the token's question, body and headers say", async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...names), text, { maxKeys: 6, noNullPrototype: true }),
        fc.dictionary(
          fc.constantFrom(...headerNames.filter((name) => name !== "host")),
          fc.constantFrom(...addresses),
          {
            maxKeys: 4,
            noNullPrototype: true,
          },
        ),
        fc.oneof(fc.constant(projectId), text),
        fc.oneof(fc.constant(null), text),
        async (members, headers, id, page) => {
          caught = [];
          const wanted =
            page === null
              ? { kind: "project", projectId: id, ...withoutKind(members) }
              : {
                  ...{ kind: "usage", usage: "completions", projectIds: [id], page, ...withoutKind(members) },
                  ...{ from: "2026-11-27T00:00:00Z", to: "2026-11-28T00:00:00Z" },
                };
          const claims = { tenantId: bank.id, accountId, question: wanted, ...{ host: members.host ?? "" } };
          const token = signAccountToken(claims as unknown as Parameters<typeof signAccountToken>[0]);
          const answered = await post(token, {
            headers: { ...headers, "content-type": "application/json" },
            body: JSON.stringify(members),
          });
          expect([200, 401]).toContain(answered.status);
          expect(await answered.text()).not.toContain(secret);
          sent += caught.length;
          for (const { host, url, method, headers: seen } of caught) {
            expect([host, seen.host, method]).toEqual([home, home, "GET"]);
            expect(url).toMatch(/^\/v1\/organization\/(projects\/[A-Za-z0-9_-]+$|usage\/completions\?)/);
            expect(seen.authorization).toBe(`Bearer ${secret}`);
            for (const name of headerNames) if (name !== "host") expect(seen[name], name).toBeUndefined();
          }
        },
      ),
      { numRuns: 150 },
    );
    // A test in which everything is refused would prove nothing.
    expect(sent).toBeGreaterThan(30);
  });
});

function withoutKind({ kind: _, projectId: __, ...rest }: Record<string, string>) {
  return Object.fromEntries(Object.entries(rest).filter(([name]) => name !== "__proto__"));
}

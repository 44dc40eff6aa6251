import { request } from "node:http";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../scripts/database/client.ts";
import { createKey } from "../services/keys/create-key.ts";
import { revokeKey } from "../services/keys/revoke-key.ts";
import { signInternalToken, verifyInternalToken } from "../services/playground/internal-token.ts";
import { sealSecret } from "../services/secrets/seal-secret.ts";
import {
  bearer,
  callsOf,
  type GatewayCalls,
  prompt,
  refusedByClient,
  tenantWishes,
} from "../testing/gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";

/** A model named so that what serves it in Europe is known beforehand. */
const snapshot = { ...prompt, model: "gpt-5.5-2026-04-23" };
const bodyBytesMax = 4_096;
const neverSent = { call_end: "refused", verdict: "blocked", intent_n: null };
let world: GatewayWorld;
let calls: GatewayCalls;
let bank: WorldTenant;
let atlas: WorldTenant;
let live: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld({ bodyBytesMax });
  calls = callsOf(world);
  bank = await world.addTenant(tenantWishes.bank);
  atlas = await world.addTenant(tenantWishes.atlas);
  live = await world.addTenant(tenantWishes.live);
});

afterAll(() => world.stop());

describe("401", () => {
  it.each([
    ["no key", {}, "missing_domicile_key"],
    [
      "a wrong key",
      bearer("dom_AAAAAAAA_0123456789abcdefghijklmnopqrstuvwxyz0123_AAAAAA"),
      "invalid_domicile_key",
    ],
    ["a provider's key alone", bearer("sk-sim-eu-own"), "invalid_domicile_key"],
    ["a forged token", bearer("dompg_eyJ9.AAAA"), "invalid_domicile_key"],
  ])("for %s", async (_what, headers, code) => {
    expect(await calls.post("/chat/completions", headers as Record<string, string>)).toMatchObject({
      status: 401,
      code,
    });
  });

  it("the Domicile key is never taken for the provider's", async () => {
    const headers = { ...bearer(bank.key), "x-domicile-key": bank.key };
    expect(await calls.post("/chat/completions", headers)).toMatchObject({
      status: 401,
      code: "invalid_provider_key",
    });
  });

  it("a key knows when it was used last", async () => {
    const fresh = await world.addTenant({ ...tenantWishes.bank, slug: "fresh" });
    const lastUse = async () =>
      (
        await world.sql<{ at: Date | null }>(
          fresh.id,
          "select last_used_at as at from gateway_key where tenant_id = $1 and id = $2",
          [fresh.id, fresh.keyId],
        )
      )[0]?.at ?? null;
    expect(await lastUse()).toBeNull();
    const before = Date.now();
    await world.openai(fresh.key).chat.completions.create(prompt);
    await expect.poll(lastUse).not.toBeNull();
    expect((await lastUse())?.getTime()).toBeGreaterThanOrEqual(before - 1_000);
  });

  it("within five seconds of its revocation, a key that was in use is refused", async () => {
    const doomed = await world.addTenant({
      slug: "doomed",
      preset: "eea_ch",
      homeRegion: "eu",
      secret: "sk-sim-eu-d",
    });
    await world.openai(doomed.key).chat.completions.create(prompt);
    const actor = { kind: "system", job: "test" } as const;
    await world.as("web", () => revokeKey(actor, { tenant: doomed.slug, keyId: doomed.keyId }));
    const revokedAt = Date.now();
    while ((await calls.post("/chat/completions", bearer(doomed.key))).status === 200) await sleep(50);
    expect(Date.now() - revokedAt).toBeLessThan(5_000);
    expect(await calls.post("/chat/completions", bearer(doomed.key))).toMatchObject({
      code: "invalid_domicile_key",
    });
  });
});

describe("403", () => {
  it("region_blocked: nothing is sent, the client does not retry, and the call is recorded as stopped", async () => {
    const before = world.provider.received.handshakes("api.openai.com").length;
    const openai = world.openai(bank.key, { defaultHeaders: { "x-domicile-target-region": "global" } });
    const call = await calls.recordOf(bank, async () => {
      const { status, code, headers } = await refusedByClient(() => openai.chat.completions.create(prompt));
      expect([status, code]).toEqual([403, "region_blocked"]);
      expect(headers.get("x-should-retry")).toBe("false");
    });
    expect(call).toMatchObject({
      verdict: "blocked",
      band: "stopped",
      call_end: "refused",
      refusal: { code: "region_blocked" },
      host: "api.openai.com",
    });
    expect(world.provider.received.handshakes("api.openai.com").length).toBe(before);
  });

  it("unknown_target: a region nobody has is recorded as what was asked for, and is no host", async () => {
    const before = calls.requestsSeen();
    const headers = { ...bearer(bank.key), "x-domicile-target-region": "uk" };
    const call = await calls.recordOf(bank, async () => {
      const { status, code, json } = await calls.post("/chat/completions", headers);
      expect([status, code]).toEqual([403, "unknown_target"]);
      expect(json).toMatchObject({ error: { message: expect.stringContaining("is gb.") } });
    });
    expect(call).toMatchObject({ verdict: "blocked", host: null, attempts: [], target: "uk" });
    expect(calls.requestsSeen()).toBe(before);
  });

  it.each([
    ["background", { background: "true" }],
    ["model", { model: "gpt-5.5\u0000" }],
  ])("a value of %s that nobody can read is refused, and nothing is sent", async (field, said) => {
    const before = calls.requestsSeen();
    const body = JSON.stringify({ model: snapshot.model, input: "Where are you?", store: false, ...said });
    const call = await calls.recordOf(bank, async () => {
      const { status, json } = await calls.post("/responses", bearer(bank.key), body);
      expect(status).toBe(403);
      expect(json).toMatchObject({ error: { message: expect.stringContaining(field) } });
    });
    expect(call).toMatchObject({ verdict: "blocked", call_end: "refused" });
    expect(calls.requestsSeen()).toBe(before);
  });

  it("live_key_refused: a live key never reaches the simulated provider", async () => {
    const before = calls.requestsSeen();
    const headers = { ...bearer("sk-proj-real"), "x-domicile-key": bank.key };
    const call = await calls.recordOf(bank, async () => {
      expect(await calls.post("/chat/completions", headers)).toMatchObject({
        status: 403,
        code: "live_key_refused",
      });
    });
    expect(call).toMatchObject({ ...neverSent, refusal: { code: "live_key_refused" } });
    expect(JSON.stringify(call)).not.toContain("sk-proj-real");
    expect(calls.requestsSeen()).toBe(before);
  });

  it("simulated_key_refused: a live tenant takes no simulated key", async () => {
    const headers = { ...bearer("sk-sim-eu-own"), "x-domicile-key": live.key };
    const call = await calls.recordOf(live, async () => {
      expect(await calls.post("/chat/completions", headers)).toMatchObject({
        status: 403,
        code: "simulated_key_refused",
      });
    });
    expect(call).toMatchObject({ ...neverSent, refusal: { code: "simulated_key_refused" } });
  });

  it("no_provider_credential: a stored key goes to its own hosts and nowhere else", async () => {
    const headers = { ...bearer(atlas.key), "x-domicile-target-region": "global" };
    const call = await calls.recordOf(atlas, async () => {
      expect(await calls.post("/chat/completions", headers)).toMatchObject({
        status: 403,
        code: "no_provider_credential",
      });
    });
    expect(call).toMatchObject({ ...neverSent, refusal: { code: "no_provider_credential" } });
  });

  it("a key that may not be used is recorded as such also where nothing could have been sent", async () => {
    const without = await world.addTenant({ slug: "without-a-key", preset: "eea_ch", homeRegion: "eu" });
    const { secret } = await world.as("web", () =>
      createKey(
        { kind: "system", job: "test" },
        {
          ...{ tenant: without.slug, application: "app", environment: "test", purpose: "", name: "confined" },
          ...{ kind: "gateway", target: "policy", allowedFrom: ["192.0.2.0/24"] },
        },
      ),
    );
    const call = await calls.recordOf(without, async () => {
      expect(await calls.post("/chat/completions", bearer(secret))).toMatchObject({
        status: 403,
        code: "key_address",
      });
    });
    expect(call).toMatchObject({ ...neverSent, refusal: { code: "key_address" } });
  });

  it("no_provider_credential: a Domicile key that came to be stored as a provider's is not sent", async () => {
    const before = calls.requestsSeen();
    for (const [slug, stored] of Object.entries({ "own-key": bank.key, "own-token": "dompg_eyJ9.AAAA" })) {
      const mistaken = await world.addTenant({ slug, preset: "eea_ch", homeRegion: "eu" });
      await storeSecret(mistaken, stored);
      const refused = await calls.post("/chat/completions", bearer(mistaken.key));
      expect(refused).toMatchObject({ status: 403, code: "no_provider_credential" });
      expect(JSON.stringify(refused.json)).not.toContain(stored.slice(5));
    }
    expect(calls.requestsSeen()).toBe(before);
  });

  it("a policy that restricts the relay's place refuses at a gateway whose place nobody attested", async () => {
    const strict = await world.addTenant({
      slug: "strict",
      preset: "eea_ch_strict",
      homeRegion: "eu",
      secret: "sk-sim-eu-strict",
      pin: { kind: "processing", region: "eu" },
    });
    const before = calls.requestsSeen();
    const placeless = await world.startGateway({ relayCountry: null });
    const baseUrl = `http://127.0.0.1:${placeless.port}/v1`;
    const call = await calls.recordOf(strict, async () => {
      const sent = () => world.openai(strict.key, { baseUrl }).chat.completions.create(snapshot);
      expect((await refusedByClient(sent)).status).toBe(403);
    });
    expect(call).toMatchObject({ verdict: "blocked", band: "stopped", call_end: "refused" });
    expect(calls.requestsSeen()).toBe(before);
    const attested = await calls.recordOf(strict, () =>
      world.openai(strict.key).chat.completions.create(snapshot),
    );
    expect(attested).toMatchObject({ call_end: "complete", status: 200 });
  });

  it("wrong_key_kind for a key that is for recording", async () => {
    expect(await calls.post("/chat/completions", bearer(bank.intakeKey))).toMatchObject({
      status: 403,
      code: "wrong_key_kind",
    });
  });
});

describe("404", () => {
  it.each([
    ["POST", "/v1/../v1/chat/completions"],
    ["POST", "/v1/batches/%2e%2e%2fchat%2fcompletions/cancel"],
    ["POST", "/v1/files/..%2f../content"],
    ["POST", "/v1//chat/completions"],
    ["POST", "/v1/chat\\completions"],
    ["POST", "/v1/chat/completions%00"],
    ["POST", "/v1/chat/completions%252f"],
    ["POST", "/chat/completions"],
    ["POST", "/v1"],
    ["TRACE", "/v1/models"],
    ["OPTIONS", "/v1/chat/completions"],
  ])(
    "unknown_path: %s %s could be read in two ways or is none of ours, and goes nowhere",
    async (method, path) => {
      const before = calls.requestsSeen();
      expect(await plainRequest(method, path)).toMatchObject({ status: 404, code: "unknown_path" });
      expect(calls.requestsSeen()).toBe(before);
    },
  );
});

/** A request whose path no client has tidied. */
function plainRequest(method: string, path: string): Promise<{ status: number | undefined; code: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port: world.gateway.port, method, path, headers: bearer(bank.key) },
      async (answer) => {
        const { error } = (await json(answer)) as { error: { code: string } };
        resolve({ status: answer.statusCode, code: error.code });
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}

describe("413", () => {
  it("takes a body of exactly the limit and refuses one byte more, whether or not its length was announced", async () => {
    const frame = JSON.stringify({ ...prompt, user: "" });
    const fits = JSON.stringify({ ...prompt, user: "x".repeat(bodyBytesMax - frame.length) });
    expect(Buffer.byteLength(fits)).toBe(bodyBytesMax);
    await calls.recordOf(bank, async () => {
      expect((await calls.post("/chat/completions", bearer(bank.key), fits)).status).toBe(200);
    });
    const over = fits.replace("Where", "Wheree");
    expect(await calls.post("/chat/completions", bearer(bank.key), over)).toMatchObject({
      status: 413,
      code: "body_too_large",
    });
    const chunked = await fetch(`${world.baseUrl}/chat/completions`, {
      method: "POST",
      headers: bearer(bank.key),
      body: new Blob([over]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(chunked.status).toBe(413);
  });
});

/** Stores a secret past the service that would refuse it. */
async function storeSecret(tenant: WorldTenant, secret: string): Promise<void> {
  const id = v7();
  const sealed = sealSecret(secret, { tenantId: tenant.id, credentialId: id });
  await withClient(world.database.ownerUrl, async (client) => {
    await client.query("select set_config('domicile.write_tenant', $1, false)", [tenant.id]);
    await client.query(
      `insert into provider_credential (tenant_id, id, label, sealed, hint, hosts, created_at)
        values ($1, $2, 'mistaken', $3, 'AAAA', '{eu.api.openai.com}', now())`,
      [tenant.id, id, sealed],
    );
  });
}

describe("the playground's token", () => {
  const tokenFor = (tenantId: string, now?: number) =>
    signInternalToken({ personId: "019ab000-0000-7000-8000-000000000001", tenantId, target: "policy" }, now);

  it("sends a call that is recorded as the playground's", async () => {
    const token = tokenFor(bank.id);
    const call = await calls.recordOf(bank, async () => {
      const headers = { ...bearer(token), "x-client-request-id": "somebody-else" };
      expect((await calls.post("/chat/completions", headers)).status).toBe(200);
    });
    expect(call).toMatchObject({ source: "playground", key_id: null, verdict: "compliant" });
    // By it the tenant's log says whose call it was.
    expect(call).toMatchObject({ client_request_id: verifyInternalToken(token)?.id });
  });

  it.each([
    ["is a minute old", () => tokenFor(bank.id, Date.now() - 61_000)],
    ["was changed", () => tokenFor(bank.id).replace(/\.[^.]{4}/, ".AAAA")],
    ["names no tenant", () => tokenFor("019ab000-0000-7000-8000-00000000dead")],
  ])("is refused when it %s", async (_what, token) => {
    const before = calls.requestsSeen();
    expect((await calls.post("/chat/completions", bearer(token()))).status).toBe(401);
    expect(calls.requestsSeen()).toBe(before);
  });
});

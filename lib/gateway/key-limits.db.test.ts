import { once } from "node:events";
import { connect } from "node:net";
import OpenAI, { toFile } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreateKeyInput } from "../contracts/tenants.ts";
import { createKey } from "../services/keys/create-key.ts";
import { callsOf, type GatewayCalls, prompt, tenantWishes } from "../testing/gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";

let world: GatewayWorld;
let calls: GatewayCalls;
let bank: WorldTenant;
let made = 0;

beforeAll(async () => {
  world = await createGatewayWorld();
  calls = callsOf(world);
  bank = await world.addTenant(tenantWishes.bank);
});
afterAll(() => world.stop());

const snapshot = { ...prompt, model: "gpt-5.5-2026-04-23" };

async function keyWith(limits: Partial<CreateKeyInput>): Promise<string> {
  made += 1;
  const base = {
    application: "app",
    environment: "test",
    purpose: "",
    kind: "gateway",
    target: "policy",
  } as const;
  const key = { tenant: bank.slug, name: `key ${made}`, ...base, ...limits };
  return (await world.as("web", () => createKey({ kind: "system", job: "test" }, key))).secret;
}

async function refused(action: Promise<unknown>) {
  const error = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OpenAI.APIError)) throw new Error(`Not refused: ${String(error)}`);
  return error;
}

/** Nothing reached the provider, and the record says that it was stopped and why. */
async function stopped(action: () => Promise<unknown>, code: string): Promise<void> {
  const before = calls.requestsSeen();
  const row = await calls.recordOf(bank, action);
  expect(row).toMatchObject({ verdict: "blocked", refusal: { code }, call_end: "refused" });
  expect(calls.requestsSeen()).toBe(before);
}

describe("a key that is confined", () => {
  it("to some surfaces is refused on others before anything leaves, and the refusal is recorded", async () => {
    const openai = world.openai(await keyWith({ scopes: ["inference"] }));
    await calls.recordOf(bank, () => openai.chat.completions.create(snapshot));
    await stopped(async () => {
      const file = await toFile(Buffer.alloc(100), "a");
      const error = await refused(openai.files.create({ file, purpose: "user_data" }));
      expect(error).toMatchObject({ status: 403, code: "key_scope" });
      expect(error.message).toContain('"Files"');
    }, "key_scope");
  });

  it("to other addresses is refused from here", async () => {
    const elsewhere = await keyWith({ allowedFrom: ["192.0.2.0/24"] });
    await stopped(async () => {
      expect(await refused(world.openai(elsewhere).chat.completions.create(snapshot))).toMatchObject({
        status: 403,
        code: "key_address",
      });
    }, "key_address");
    const here = await keyWith({ allowedFrom: ["127.0.0.0/8", "::1"] });
    await calls.recordOf(bank, () => world.openai(here).chat.completions.create(snapshot));
  });

  it("to an end is taken until then and refused afterwards, also while its holder goes on calling", async () => {
    const expiresAt = new Date(Date.now() + 4_000).toISOString();
    const openai = world.openai(await keyWith({ expiresAt }));
    await calls.recordOf(bank, () => openai.chat.completions.create(snapshot));
    let error: unknown = null;
    let sent = 0;
    while (error === null) {
      error = await openai.chat.completions.create(snapshot).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      sent += 1;
    }
    expect(error).toMatchObject({ status: 401, code: "key_expired" });
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    const rows = await calls.recordsOf(bank, async () => {}, sent);
    expect(rows.at(-1)).toMatchObject({ refusal: { code: "key_expired" } });
  });

  it("to a rate is told when to come again, which the unmodified client does", async () => {
    const openai = world.openai(await keyWith({ callsPerMinute: 2 }));
    const rows = await calls.recordsOf(
      bank,
      async () => {
        await openai.chat.completions.create(snapshot);
        await openai.chat.completions.create(snapshot);
        const error = await refused(openai.chat.completions.create(snapshot));
        expect(error).toMatchObject({ status: 429, code: "rate_limited" });
        expect(Number(error.headers?.get("retry-after"))).toBeGreaterThan(25);
        expect(error.headers?.get("x-should-retry")).toBeNull();
      },
      2,
    );
    expect(rows).toHaveLength(2);
  });

  it("to one call at once takes the next when the first is over", async () => {
    const key = await keyWith({ concurrentCalls: 1 });
    const openai = world.openai(key);
    // A call whose body never comes is open once it was asked for.
    const socket = connect(world.gateway.port, "127.0.0.1");
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n`,
    );
    const [asked] = await once(socket, "data");
    expect(String(asked)).toMatch(/^HTTP\/1\.1 100 /);
    expect((await refused(openai.chat.completions.create(snapshot))).code).toBe("too_many_calls");
    socket.destroy();
    const answered = () =>
      openai.chat.completions.create(snapshot).then(
        () => "taken",
        (error: { code?: string }) => error.code,
      );
    await expect.poll(answered).toBe("taken");
  });
});

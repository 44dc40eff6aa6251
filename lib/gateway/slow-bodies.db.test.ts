import { request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { revokeKey } from "../services/keys/revoke-key.ts";
import { changePolicy } from "../testing/change-policy.ts";
import { bearer, callsOf, type GatewayCalls, prompt, tenantWishes } from "../testing/gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";

const admin = { kind: "system", job: "test" } as const;
let world: GatewayWorld;
let calls: GatewayCalls;

beforeAll(async () => {
  world = await createGatewayWorld({ identifiedMsMax: 0 });
  calls = callsOf(world);
});

afterAll(() => world.stop());

type Answer = { readonly status: number; readonly code: string };
type Slow = {
  write(piece: string): void;
  end(piece: string): Promise<Answer>;
  readonly answer: Promise<Answer>;
};

/** A request whose body comes when the test says so. */
function begin(tenant: WorldTenant, path: string, type: string, port = world.gateway.port): Slow {
  const sent = httpRequest({
    port,
    method: "POST",
    path: `/v1${path}`,
    headers: { ...bearer(tenant.key), "content-type": type },
  });
  let isAnswered = false;
  const answer = new Promise<Answer>((resolve, reject) => {
    sent.on("error", reject);
    sent.on("response", async (response) => {
      isAnswered = true;
      const said = JSON.parse(await text(response)) as { error?: { code: string } };
      resolve({ status: response.statusCode ?? 0, code: said.error?.code ?? "" });
    });
  });
  sent.flushHeaders();
  return {
    answer,
    write(piece) {
      if (!isAnswered) sent.write(piece);
    },
    end(piece) {
      sent.end(piece);
      return answer;
    },
  };
}

const json = JSON.stringify({ ...prompt, model: "gpt-5.5-2026-04-23" });
const formType = "multipart/form-data; boundary=b";
const field = (name: string, value: string) =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc\r\n--b--\r\n';
const bodies = [
  ["JSON", "/chat/completions", "application/json", json.slice(0, 10), json.slice(10)],
  ["a form", "/files", formType, field("purpose", "user_data"), file],
] as const;

describe.each(bodies)("%s that is long in coming", (kind, path, type, first, rest) => {
  const tenantNamed = (what: string) =>
    world.addTenant({ ...tenantWishes.bank, slug: `${what}-${kind === "JSON" ? "json" : "form"}` });

  it("is sent where nothing has changed", async () => {
    const tenant = await tenantNamed("same");
    const slow = begin(tenant, path, type);
    slow.write(first);
    const call = await calls.recordOf(tenant, async () => {
      expect(await slow.end(rest)).toMatchObject({ status: 200 });
    });
    expect(call).toMatchObject({ call_end: "complete", status: 200 });
  });

  it("is refused, and recorded so, where its key was revoked meanwhile: nothing of it leaves", async () => {
    const tenant = await tenantNamed("revoked");
    const slow = begin(tenant, path, type);
    slow.write(first);
    await calls.recordOf(tenant, () => calls.post("/chat/completions", bearer(tenant.key), json));
    await world.as("web", () => revokeKey(admin, { tenant: tenant.slug, keyId: tenant.keyId }));
    let open = 1;
    while ((await calls.post("/chat/completions", bearer(tenant.key), json)).status === 200) open += 1;
    const before = calls.requestsSeen();
    expect(await slow.end(rest)).toEqual({ status: 401, code: "invalid_domicile_key" });
    expect(calls.requestsSeen()).toBe(before);
    const rows = await world.recorded(tenant.id, open + 1);
    expect(rows.filter((row) => row.call_end === "refused")).toMatchObject([
      { refusal: { code: "invalid_domicile_key" }, intent_n: null },
    ]);
  });
});

it("a body that began under another policy goes nowhere that the one of now would not let it go", async () => {
  const tenant = await world.addTenant({ ...tenantWishes.bank, slug: "changing" });
  const slow = begin(tenant, "/chat/completions", "application/json");
  slow.write(json.slice(0, 10));
  await calls.recordOf(tenant, () => calls.post("/chat/completions", bearer(tenant.key), json));
  await changePolicy(world, tenant, { models: ["gpt-4o-2024-08-06"] });
  let others = 2;
  while ((await calls.post("/chat/completions", bearer(tenant.key), json)).status === 200) others += 1;
  const before = calls.requestsSeen();
  expect(await slow.end(json.slice(10))).toEqual({ status: 403, code: "model_not_eligible" });
  expect(calls.requestsSeen()).toBe(before);
  // It began in the same moment as the first of the others, so its place among them says nothing.
  const refused = (await world.recorded(tenant.id, others + 1)).filter(
    ({ call_end, policy_version }) => call_end === "refused" && policy_version === 1,
  );
  expect(refused).toMatchObject([{ verdict: "blocked" }]);
});

describe("a body of which a part has left", () => {
  const mib = 1024 * 1024;
  const modelFirst = field("model", "gpt-4o-transcribe");
  const startOfFile = file.slice(0, file.indexOf("abc"));

  /** Of more than is looked at before anything is decided; goes on until it is answered. */
  async function underWay(tenant: WorldTenant): Promise<{ answer: Slow["answer"]; stop(): void }> {
    const before = calls.requestsSeen();
    const slow = begin(tenant, "/audio/transcriptions", formType);
    slow.write(modelFirst + startOfFile + "x".repeat(mib));
    await vi.waitFor(() => expect(calls.requestsSeen()).toBe(before + 1));
    const drip = setInterval(() => slow.write("x".repeat(1_000)), 20);
    return { answer: slow.answer, stop: () => clearInterval(drip) };
  }

  it.each([
    [
      "its key was revoked",
      (tenant: WorldTenant) =>
        world.as("web", () => revokeKey(admin, { tenant: tenant.slug, keyId: tenant.keyId })),
      { status: 401, code: "invalid_domicile_key" },
    ],
    [
      "the policy no longer lets it go",
      (tenant: WorldTenant) => changePolicy(world, tenant, { models: ["gpt-4o-2024-08-06"] }),
      { status: 403, code: "model_not_eligible" },
    ],
  ])(
    "is ended within five seconds of the moment in which %s, and the record says what left",
    async (what, change, answer) => {
      const tenant = await world.addTenant({ ...tenantWishes.bank, slug: `way-${what.length}` });
      const upload = await underWay(tenant);
      try {
        await change(tenant);
        const changedAt = performance.now();
        expect(await upload.answer).toEqual(answer);
        expect(performance.now() - changedAt).toBeLessThan(5_000);
      } finally {
        upload.stop();
      }
      const [row] = await world.recorded(tenant.id, 1);
      expect(row).toMatchObject({
        call_end: "refused",
        refusal: { code: answer.code, message: expect.stringContaining("Part of the request had left") },
        intent_n: expect.anything(),
        facts: { requestBody: "unread" },
        attempts: [{ evidence: { progress: "partial" } }],
      });
    },
  );
});

it("the first MiB of a form has its time in all, however often a piece of it comes", async () => {
  const { port, stop } = await world.startGateway({ requestTimeoutMs: 600 });
  const tenant = await world.addTenant({ ...tenantWishes.bank, slug: "dripping" });
  const slow = begin(tenant, "/files", formType, port);
  const drip = setInterval(() => slow.write("\r\n"), 50);
  try {
    expect(await slow.answer).toEqual({ status: 408, code: "request_timeout" });
  } finally {
    clearInterval(drip);
    await stop();
  }
});

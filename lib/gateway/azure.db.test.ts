import OpenAI, { toFile } from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import {
  type AzureWorld,
  classic,
  createAzureWorld,
  globalHost,
  labelsWillDo,
  swedenHost,
  type UpstreamTenant,
  v1,
  zoneHost,
} from "../testing/azure-world.ts";
import { mib, sha256 } from "../testing/exact-world.ts";
import type { RecordedRow } from "../testing/gateway-world.ts";
import { listenTo } from "../testing/listening.ts";

const model = "gpt-5.5";
const messages = [{ role: "user" as const, content: "Where are you?" }];
const secret = "sk-sim-azure-sweden-bank1";
const standard = { model: "chat-se", name: "chat-se", sku: "Standard" } as const;

let azure: AzureWorld;
let sweden: UpstreamTenant;
let old: UpstreamTenant;
let unlisted: UpstreamTenant;
let batching: UpstreamTenant;
let several: UpstreamTenant;
let watching: UpstreamTenant;
let zone: UpstreamTenant;
let anywhere: UpstreamTenant;
const counted = new Map<string, number>();

beforeAll(async () => {
  azure = await createAzureWorld();
  const at = (slug: string) => ({ slug, host: swedenHost, secret });
  sweden = await azure.addTenant({ ...at("sweden"), upstream: v1() });
  old = await azure.addTenant({ ...at("old"), upstream: classic([{ ...standard, model }]) });
  unlisted = await azure.addTenant({ ...at("unlisted"), upstream: classic() });
  const zoned = { model: "batch-zone", name: "batch-zone", sku: "DataZoneBatch" } as const;
  batching = await azure.addTenant({
    ...at("batching"),
    upstream: v1([standard, zoned]),
    change: labelsWillDo,
  });
  const listed = [
    standard,
    { model: "chat-zone", name: "chat-zone", sku: "DataZoneStandard" },
    { model: "chat-global", name: "chat-global", sku: "GlobalStandard" },
  ] as const;
  several = await azure.addTenant({ ...at("several"), upstream: v1([...listed]), change: labelsWillDo });
  watching = await azure.addTenant({ ...at("watching"), upstream: v1([...listed]), enforcement: "observe" });
  zone = await azure.addTenant({
    slug: "zone",
    host: zoneHost,
    secret: "sk-sim-azure-zone-bank1",
    upstream: v1(),
    change: labelsWillDo,
  });
  anywhere = await azure.addTenant({
    slug: "anywhere",
    host: globalHost,
    secret: "sk-sim-azure-global-bank1",
    upstream: v1(),
    enforcement: "observe",
  });
});

beforeEach(() => azure.world.provider.received.clear());
afterAll(() => azure.world.stop());

type Row = RecordedRow & {
  facts: { deployment?: unknown };
  claims: { claim: string; value: unknown; grade: string | null }[];
  credential_id: string;
};

async function recordOf(tenant: UpstreamTenant, action: () => Promise<unknown>): Promise<Row> {
  await action();
  const calls = (counted.get(tenant.id) ?? 0) + 1;
  counted.set(tenant.id, calls);
  const row = (await azure.world.recorded(tenant.id, calls))[calls - 1];
  if (!row) throw new Error("Nothing was recorded.");
  return row as Row;
}

const ask = (tenant: UpstreamTenant, deployment: string) => () =>
  azure.world.openai(tenant.key).chat.completions.create({ model: deployment, messages });

const refused = async (action: () => Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> => {
  const error = await action().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof OpenAI.APIError) return error;
  throw new Error("It was not refused.");
};

const placeOf = (row: Row, claim = "inference") => {
  const said = row.claims.find((each) => each.claim === claim);
  return { value: said?.value, grade: said?.grade };
};

describe("a regional resource, asked by the official client", () => {
  it("is within policy at grade B where the answer names its region", async () => {
    const row = await recordOf(sweden, async () => {
      const answer = await ask(sweden, "chat-se")();
      expect(answer.choices[0]?.message.content).toContain("simulated provider");
    });
    expect(row).toMatchObject({
      verdict: "compliant",
      band: "permitted",
      host: swedenHost,
      served_region: "azure-se",
      intended_region: "azure-se",
      model_requested: "chat-se",
      credential_id: sweden.credentialId,
    });
    expect(row.model_answered).toMatch(/^gpt-5\.5-/);
    expect(row.input_tokens).toBeGreaterThan(0);
    expect(placeOf(row)).toEqual({ value: ["SE"], grade: "B" });
    expect(row.attempts[0]?.evidence).toMatchObject({
      hostGrade: "C",
      echo: { statedRegion: "Sweden Central" },
      peer: { tlsName: swedenHost, tlsVerified: true },
    });
    expect(azure.world.provider.received.requests(swedenHost)).toMatchObject([
      { path: "/openai/v1/chat/completions", projectId: null, status: 200 },
    ]);
  });

  it("streams, piece by piece, and reads what the stream says", async () => {
    const pieces: unknown[] = [];
    const row = await recordOf(sweden, async () => {
      const stream = await azure.world.openai(sweden.key).chat.completions.create({
        model: "chat-se",
        messages,
        stream: true,
        stream_options: { include_usage: true },
      });
      for await (const piece of stream) pieces.push(piece);
    });
    expect(pieces.length).toBeGreaterThan(5);
    expect(row).toMatchObject({ verdict: "compliant", stream: true });
    expect(row.output_tokens).toBeGreaterThan(0);
    expect(placeOf(row).grade).toBe("B");
  });

  it("answers Responses and embeddings as well", async () => {
    const openai = azure.world.openai(sweden.key);
    const answered = await recordOf(sweden, () =>
      openai.responses.create({ model: "chat-se", input: "Hi." }),
    );
    expect(answered).toMatchObject({ verdict: "compliant", status: 200 });
    const embedded = await recordOf(sweden, () =>
      openai.embeddings.create({ model: "embed-se", input: "Hi." }),
    );
    expect(embedded).toMatchObject({ verdict: "compliant", status: 200 });
    expect(azure.world.provider.received.requests(swedenHost).map(({ path }) => path)).toEqual([
      "/openai/v1/responses",
      "/openai/v1/embeddings",
    ]);
  });

  it("is outside policy where the answer names a region outside: provider_echo_mismatch", async () => {
    const row = await recordOf(sweden, ask(sweden, "drifting"));
    expect(row).toMatchObject({ verdict: "violation", reasons: ["provider_echo_mismatch"] });
    expect(placeOf(row)).toEqual({ value: "undetermined", grade: null });
  });

  it("is not verifiable where the answer names none: a configuration alone", async () => {
    const row = await recordOf(sweden, ask(sweden, "silent"));
    expect(row).toMatchObject({ verdict: "unverifiable", reasons: ["evidence_too_weak"] });
    expect(placeOf(row)).toEqual({ value: ["SE"], grade: "E" });
  });

  it("gives its errors to the client as they are", async () => {
    const error = await refused(ask(sweden, "nobody-deployed-this"));
    counted.set(sweden.id, (counted.get(sweden.id) ?? 0) + 1);
    expect(error).toMatchObject({ status: 404, code: "DeploymentNotFound" });
  });
});

describe("the classic paths", () => {
  it("are made of the deployment that stands for the model, with the credential's api-version", async () => {
    const row = await recordOf(old, ask(old, model));
    expect(row).toMatchObject({ verdict: "compliant", model_requested: model });
    expect(row.facts.deployment).toEqual({ name: "chat-se", sku: "Standard" });
    expect(azure.world.provider.received.requests(swedenHost)).toMatchObject([
      { path: "/openai/deployments/chat-se/chat/completions", status: 200 },
    ]);
  });

  it("take what belongs to the resource without a deployment", async () => {
    const row = await recordOf(old, () => azure.world.openai(old.key).models.list());
    expect(row).toMatchObject({ verdict: "not_applicable", reasons: ["no_content"] });
    expect(azure.world.provider.received.requests(swedenHost)).toMatchObject([{ path: "/openai/models" }]);
  });

  it("wait for a form to say its model, which clients put behind the file", async () => {
    const sound = await toFile(Buffer.alloc(3 * mib, 7), "call.wav");
    const row = await recordOf(old, () =>
      azure.world.openai(old.key).audio.transcriptions.create({ file: sound, model }),
    );
    expect(row).toMatchObject({ verdict: "compliant", status: 200, model_requested: model });
    expect(azure.world.provider.received.requests(swedenHost)).toMatchObject([
      { path: "/openai/deployments/chat-se/audio/transcriptions" },
    ]);
  });

  it.each(["../../files", "..", "a/b?c=d", "a%2fb"])(
    "never carry a model that is no name: %j",
    async (name) => {
      const row = await recordOf(unlisted, async () => {
        const error = await refused(ask(unlisted, name));
        expect([error.status, error.code]).toEqual([400, "deployment_missing"]);
      });
      expect(row).toMatchObject({ verdict: "blocked", refusal: { code: "deployment_missing" } });
      expect(azure.world.provider.received.requests()).toEqual([]);
    },
  );
});

describe("what is configured of a deployment", () => {
  it("is in the facts, and a global one on a regional resource is refused before it leaves", async () => {
    const error = await refused(ask(several, "chat-global"));
    expect(error).toMatchObject({ status: 403, code: "region_blocked" });
    expect(azure.world.provider.received.requests()).toEqual([]);
    const row = await recordOf(several, async () => undefined);
    expect(row).toMatchObject({ verdict: "blocked" });
    expect(row.facts.deployment).toEqual({ name: "chat-global", sku: "GlobalStandard" });
  });

  it("is judged where the policy observes: provider_global_profile", async () => {
    const row = await recordOf(watching, ask(watching, "chat-global"));
    expect(row).toMatchObject({
      verdict: "violation",
      reasons: ["provider_global_profile"],
      served_region: "global",
      would_block: { code: "region_blocked" },
    });
  });

  it("makes a data zone's members the place, at the grade of a configuration", async () => {
    const row = await recordOf(several, ask(several, "chat-zone"));
    expect(row).toMatchObject({ verdict: "compliant", served_region: "azure-eu-zone" });
    const { value, grade } = placeOf(row);
    expect(grade).toBe("E");
    expect(value).toHaveLength(27);
    expect(value).toContain("DE");
  });

  it("counts a deployment that nobody listed beside others as one that promises nothing", async () => {
    const row = await recordOf(watching, ask(watching, "gpt-5.5"));
    expect(row).toMatchObject({ verdict: "violation", reasons: ["provider_global_profile"] });
    expect(row.facts.deployment).toEqual({ name: "gpt-5.5", sku: null });
  });
});

it("a list of the resource is answered by no deployment, and is refused for none", async () => {
  const row = await recordOf(several, () => azure.world.openai(several.key).models.list());
  expect(row).toMatchObject({ verdict: "not_applicable", host: swedenHost, status: 200 });
  expect(row.facts.deployment).toBeUndefined();
});

describe("a batch", () => {
  const file = (name: string) => {
    const ask = { custom_id: "1", method: "POST", url: "/chat/completions", body: { model: name } };
    return toFile(Buffer.from(`${JSON.stringify(ask)}\n`), "b.jsonl");
  };
  const send = async (tenant: UpstreamTenant, name: string) =>
    azure.world.openai(tenant.key).files.create({ file: await file(name), purpose: "batch" });
  const run = (tenant: UpstreamTenant, id: string) =>
    azure.world
      .openai(tenant.key)
      .batches.create({ input_file_id: id, endpoint: "/v1/chat/completions", completion_window: "24h" });

  it("is held to the deployment that its lines name: nobody listed it, so its file is refused", async () => {
    const row = await recordOf(batching, async () => {
      const error = await refused(() => send(batching, "batch-anywhere"));
      expect(error).toMatchObject({ status: 403, code: "region_blocked" });
      expect(azure.world.provider.received.requests()).toEqual([]);
    });
    expect(row).toMatchObject({
      verdict: "blocked",
      facts: { deployment: { name: "batch-anywhere", sku: null } },
    });
  });

  it("runs in the zone of the deployment that is listed for batches", async () => {
    let id = "";
    await recordOf(batching, async () => {
      id = (await send(batching, "batch-zone")).id;
    });
    expect(await recordOf(batching, () => run(batching, id))).toMatchObject({
      verdict: "compliant",
      served_region: "azure-eu-zone",
      facts: { deployment: { name: null, sku: "DataZoneBatch" } },
    });
  });

  it("runs nowhere that is promised where a regional resource lists no deployment for it", async () => {
    const row = await recordOf(sweden, () => refused(() => run(sweden, "file-1")));
    expect(row).toMatchObject({ verdict: "blocked", refusal: { code: "region_blocked" } });
    expect(row.facts.deployment).toEqual({ name: null, sku: null });
  });
});

it.each([
  ["v1", () => sweden, "voice-se", "/openai/v1/realtime"],
  ["classic", () => unlisted, "voice-se", "/openai/realtime"],
] as const)(
  "a realtime session is opened on the %s paths, with its key in its header",
  async (_what, of, voice, path) => {
    const tenant = of();
    const row = await recordOf(tenant, async () => {
      const url = `${azure.world.baseUrl.replace("http", "ws")}/realtime?model=${voice}`;
      const headers = { authorization: `Bearer ${tenant.key}` };
      const session = listenTo(new WebSocket(url, ["realtime"], { headers }));
      await session.event("session.created");
      session.socket.close(1000);
      await session.closed;
    });
    expect(row).toMatchObject({ operation: "realtime.connect", host: swedenHost, status: 101 });
    expect(row.attempts[0]?.evidence).toMatchObject({ echo: { statedRegion: "Sweden Central" } });
    const [seen] = azure.world.provider.received.requests(swedenHost);
    expect(seen?.path).toBe(path);
    expect(seen?.headerNames).toContain("api-key");
    expect(seen?.headerNames).not.toContain("authorization");
  },
);

it("a data zone resource: its member countries, by configuration", async () => {
  const row = await recordOf(zone, ask(zone, "chat-zone"));
  expect(row).toMatchObject({ verdict: "compliant", served_region: "azure-eu-zone" });
  expect(placeOf(row)).toMatchObject({ grade: "E" });
  expect(placeOf(row).value).toHaveLength(27);
});

it("a global resource: provider_global_profile, whatever the answer names", async () => {
  const row = await recordOf(anywhere, ask(anywhere, "chat-global"));
  expect(row).toMatchObject({ verdict: "violation", reasons: ["provider_global_profile"] });
  expect(row.attempts[0]?.evidence).toMatchObject({ echo: { statedRegion: "Sweden Central" } });
});

describe("bytes and keys", () => {
  it("the body reaches the resource byte by byte, on both styles of paths", async () => {
    for (const [tenant, name] of [
      [sweden, "chat-se"],
      [old, model],
    ] as const) {
      const body = `{ "model":"${name}" ,\n"messages" : [{"role":"user","content":"\\u00e9 1.0"}], "n":1.0e0}\n`;
      const answer = await fetch(`${azure.world.baseUrl}/chat/completions?api-version=1999-01-01`, {
        method: "POST",
        headers: { authorization: `Bearer ${tenant.key}`, "content-type": "application/json" },
        body,
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("x-ms-region")).toBe("Sweden Central");
      expect(answer.headers.get("x-domicile-host")).toBe(swedenHost);
      await answer.arrayBuffer();
      counted.set(tenant.id, (counted.get(tenant.id) ?? 0) + 1);
      const seen = azure.world.provider.received.requests(swedenHost).at(-1);
      expect(seen?.bodySha256).toBe(sha256(Buffer.from(body)));
      expect(seen?.headerNames).toContain("api-key");
      expect(seen?.headerNames).not.toContain("authorization");
    }
  });

  it("a caller's own key is not sent to a resource", async () => {
    const answer = await fetch(`${azure.world.baseUrl}/chat/completions`, {
      method: "POST",
      headers: {
        authorization: "Bearer sk-sim-azure-sweden-own",
        "x-domicile-key": sweden.key,
        "content-type": "application/json",
      },
      body: JSON.stringify({ model: "chat-se", messages }),
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: "no_provider_credential" } });
    expect(azure.world.provider.received.requests()).toEqual([]);
  });

  it("a region that a request asks for is OpenAI's, and the resource's key does not go there", async () => {
    const openai = azure.world.openai(sweden.key, { defaultHeaders: { "x-domicile-target-region": "eu" } });
    const error = await refused(() => openai.chat.completions.create({ model, messages }));
    expect(error).toMatchObject({ status: 403, code: "no_provider_credential" });
    expect(azure.world.provider.received.requests()).toEqual([]);
  });
});

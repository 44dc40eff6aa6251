import { request as httpRequest, type IncomingHttpHeaders, type RequestListener } from "node:http";
import { buffer, text as textOf } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dumpTables } from "../testing/dump-tables.ts";
import { createExactWorld, type ExactWorld, mib } from "../testing/exact-world.ts";
import type { WorldTenant } from "../testing/gateway-world.ts";
import { type OtlpReceiver, startOtlpReceiver } from "../testing/otlp-receiver.ts";
import { sendRaw } from "../testing/raw-http.ts";
import { type SpawnedGateway, spawnGateway } from "../testing/spawn-gateway.ts";
import { gatewayErrorCodes } from "./answer-error.ts";

/** Every text that must be found nowhere, by the place it was put. */
const canaries = new Map<string, string>();

function canary(place: string): string {
  const name = `canary${place.replace(/\W/g, "")}${canaries.size}Qx7`;
  canaries.set(place, name);
  return name;
}

const providerKey = "sk-sim-global-lab";
const json = { "content-type": "application/json" };
/** The caller's own handle of a call, by which it finds it again. */
const clientRequestId = "kept-client-request-id";
const formType = { "content-type": "multipart/form-data; boundary=xx" };

let exact: ExactWorld;
let receiver: OtlpReceiver;
let gateway: SpawnedGateway;
let metrics: string;
let dump: ReadonlyMap<string, string>;
/** What the provider got. */
let received = "";
const ownErrors: { code: string; text: string }[] = [];
const codes = new Set<string>(gatewayErrorCodes);

type Call = {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  tenant?: WorldTenant;
};

function call({
  path = "/v1/chat/completions",
  method = "POST",
  headers = {},
  body = "",
  tenant = exact.lab,
}: Call): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({
      port: gateway.port,
      path,
      method,
      agent: false,
      headers: { authorization: `Bearer ${tenant.key}`, ...json, ...headers },
    });
    sent.on("error", reject);
    sent.on("response", async (response) => {
      const text = await textOf(response).catch(() => "");
      noteOwn(`${JSON.stringify(response.headers)}${text}`, text);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    sent.end(body);
  });
}

/** Errors that the gateway answered itself. */
function noteOwn(whole: string, body: string): void {
  const code = /"code":"([a-z_]+)"/.exec(body)?.[1] ?? "";
  if (codes.has(code)) ownErrors.push({ code, text: whole });
}

const promptOf = (place: string, more: object = {}): string =>
  JSON.stringify({ model: "gpt-5.5", messages: [{ role: "user", content: canary(place) }], ...more });

let answer: RequestListener;
const answers = (status: number, body: string, headers: Record<string, string> = {}): void => {
  answer = (_request, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body);
  };
};

async function drive(): Promise<void> {
  const completion = (content: string): string =>
    JSON.stringify({
      id: "chatcmpl-kept",
      object: "chat.completion",
      model: "gpt-5.5-2026-04-23",
      choices: [{ message: { content, refusal: canary("refusal of the answer") }, finish_reason: "stop" }],
      usage: { prompt_tokens: 1, completion_tokens: 1 },
    });

  // What is asked and answered.
  answers(200, completion(canary("answer")), {
    "set-cookie": `a=${canary("cookie of the provider")}`,
    "x-debug": canary("header of the provider"),
    location: `https://evil.example/${canary("location")}`,
  });
  await call({
    path: `/v1/chat/completions?q=${canary("query")}`,
    headers: {
      cookie: `s=${canary("cookie")}`,
      referer: `https://x.example/${canary("referer")}`,
      "x-forwarded-for": canary("forwarded"),
      "x-anything": canary("header"),
      "user-agent": canary("user agent"),
      "idempotency-key": canary("idempotency key"),
      "openai-safety-identifier": canary("safety header"),
      "x-domicile-end-user": canary("end user"),
      "x-client-request-id": clientRequestId,
      traceparent: canary("traceparent"),
      tracestate: `a=${canary("tracestate")}`,
    },
    body: promptOf("prompt", {
      user: canary("user field"),
      safety_identifier: canary("safety field"),
      prompt_cache_key: canary("cache key"),
      metadata: { [canary("metadata name")]: canary("metadata value") },
      tools: [
        { type: "function", function: { name: "f", description: canary("tool"), parameters: {} } },
        {
          type: "mcp",
          server_label: canary("mcp label"),
          server_url: `https://u:${canary("mcp password")}@mcp.example/${canary("mcp path")}?k=${canary("mcp query")}`,
          headers: { authorization: canary("mcp header") },
          authorization: canary("mcp token"),
        },
      ],
      [canary("unknown field")]: canary("unknown value"),
      stop: [canary("stop")],
      service_tier: `${canary("tier")} with blanks`,
    }),
  });
  await call({ headers: { "content-encoding": "gzip" }, body: gzipSync(promptOf("compressed prompt")) });
  await call({ body: `{"model":"gpt-5.5","messages":"${canary("broken json")}` });
  await call({ body: Buffer.from(`{"a":"\xff${canary("bad letters")}"}`, "latin1") });
  await call({ path: "/v1/nothing/known", body: promptOf("unknown path") });

  // Streams.
  answers(
    200,
    `data: {"choices":[{"delta":{"content":"${canary("event")}"}}]}\n\ndata: ${canary("bad event")}\n\n`,
    {
      "content-type": "text/event-stream",
    },
  );
  await call({ body: promptOf("streamed prompt", { stream: true }) });

  // Forms and files.
  const part = (name: string, value: string, file?: string): string =>
    `--xx\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ""}\r\n\r\n${value}\r\n`;
  answers(
    200,
    JSON.stringify({ id: "file-kept", object: "file", filename: canary("file name in the answer") }),
  );
  const line = {
    custom_id: canary("custom id"),
    method: "POST",
    url: "/v1/chat/completions",
    body: JSON.parse(promptOf("batch line")),
  };
  await call({
    path: "/v1/files",
    headers: formType,
    body: `${part("purpose", "batch")}${part(canary("field name"), canary("field value"))}${part("file", `${JSON.stringify(line)}\n${canary("broken line")}`, `${canary("file name")}.jsonl`)}--xx--\r\n`,
  });
  await call({
    path: "/v1/audio/transcriptions",
    headers: formType,
    body: Buffer.concat([
      Buffer.from(part("prompt", canary("form prompt"))),
      Buffer.from(part("file", canary("file content"), canary("audio name")).slice(0, -2)),
      Buffer.alloc(2 * mib),
      Buffer.from("\r\n--xx--\r\n"),
    ]),
  });

  // Errors of the provider, in and out of shape.
  const error = {
    message: canary("error message"),
    type: "invalid_request_error",
    param: canary("error param"),
    code: null,
  };
  answers(400, JSON.stringify({ error }));
  await call({ body: promptOf("refused prompt") });
  answers(500, `<html>${canary("error page")}</html>`, { "content-type": "text/html" });
  await call({ body: promptOf("failed prompt") });
  answers(307, "", {
    location: `https://u:${canary("redirect password")}@us.api.openai.com/${canary("redirect path")}`,
  });
  await call({ body: promptOf("redirected prompt") });
  answer = (request) => void request.socket.end(`${canary("no http")}\r\n\r\n`);
  await call({ body: promptOf("unanswered prompt") });
  answer = (request) => void request.socket.end(`HTTP/1.1 200 OK\r\nx: ${canary("bad header")}\0\r\n\r\n`);
  await call({ body: promptOf("badly answered prompt") });

  // Refusals of ours.
  answers(200, "{}");
  const { lab, bank } = exact;
  await call({
    tenant: bank,
    headers: { "x-domicile-target-region": "global" },
    body: promptOf("blocked prompt"),
  });
  for (const name of ["target-region", "subject-region", "app", "end-user"])
    await call({
      headers: { [`x-domicile-${name}`]: `${canary(name)} \xe9` },
      body: promptOf(`prompt beside ${name}`),
    });
  await call({ headers: { authorization: `Bearer dom_${canary("domicile key")}` } });
  await call({ headers: { authorization: `Bearer ${canary("bearer")}` } });
  await call({ headers: { authorization: `Basic ${canary("basic")}` } });
  await call({
    headers: { "x-domicile-key": canary("key header"), authorization: `Bearer sk-${canary("own key")}` },
  });
  await call({
    headers: { "x-domicile-key": lab.key, authorization: `Bearer sk-live-${canary("live key")}` },
  });
  await call({
    headers: { "x-domicile-key": lab.key, authorization: `Bearer sk-sim-global-${canary("passed key")}` },
    body: promptOf("own key"),
  });
  await call({ path: `/v1/../x?${canary("query of a bad path")}`, body: promptOf("bad path") });
  await call({ method: "OPTIONS", headers: { origin: `https://${canary("origin")}` } });
  const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${lab.key}\r\n`;
  for (const broken of [
    `${head}x-a: ${canary("broken head")}\0\r\n\r\n`,
    `${head}x-a: ${canary("long head").repeat(2_000)}\r\n\r\n`,
    `${head}content-length: ${canary("length")}\r\n\r\n`,
    `${head}transfer-encoding: chunked\r\n\r\n${canary("chunk size")}\r\n`,
    `${canary("no request")}\r\n\r\n`,
  ]) {
    const got = await sendRaw(gateway.port, broken);
    noteOwn(got, got);
  }
}

beforeAll(async () => {
  exact = await createExactWorld();
  receiver = await startOtlpReceiver();
  gateway = await spawnGateway(exact.world, {
    ...exact.environment,
    LOG_LEVEL: "trace",
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: `x-key=${canary("key of the receiver")}`,
  });
  exact.answerWith(async (request, response) => {
    received += `${JSON.stringify(request.headers)}${request.url}${(await buffer(request)).toString("latin1")}`;
    answer(request, response);
  });
  await drive();
  metrics = await (await fetch(`http://127.0.0.1:${gateway.port}/metrics`)).text();
  await gateway.stop();
  dump = await dumpTables(exact.world.database.ownerUrl);
});

afterAll(async () => {
  await exact.stop();
  await receiver.stop();
});

/** Places whose text stands in there: as it is, or as the bytes of a column. */
function leaksIn(text: string): string[] {
  const lower = text.toLowerCase();
  const isIn = (secret: string): boolean =>
    text.includes(secret) || lower.includes(Buffer.from(secret).toString("hex"));
  return [...canaries, ["stored provider key", providerKey] as const, ["gateway key", exact.lab.key] as const]
    .filter(([, secret]) => isIn(secret))
    .map(([place]) => place);
}

const tablesWith = (text: string): string[] =>
  [...dump].filter(([, rows]) => rows.includes(text)).map(([table]) => table);

describe("secrets and content", () => {
  it("travelled: what is asked reached the provider, was recorded, logged and counted", () => {
    for (const place of [
      "prompt",
      "file name",
      "batch line",
      "file content",
      "mcp path",
      "query",
      "passed key",
    ])
      expect(received, place).toContain(canaries.get(place));
    expect(canaries.size).toBeGreaterThan(70);
    expect(new Set(ownErrors.map(({ code }) => code)).size).toBeGreaterThan(8);
    expect(gateway.log().match(/"msg":"call"/g)?.length).toBeGreaterThan(20);
    expect(metrics).toContain("domicile_gateway_calls_total");
    expect(receiver.text()).toContain("chat gpt-5.5");
  });

  it("would be found: an id that is kept is seen in rows of calls and in the bytes of the ledger", () => {
    expect(tablesWith("chatcmpl-kept").some((table) => table.startsWith("call"))).toBe(true);
    expect(tablesWith(Buffer.from("chatcmpl-kept").toString("hex")).join()).toContain("ledger");
  });

  it("but for the caller's own request id, which stands in clear with its call and nowhere else", () => {
    expect(tablesWith(clientRequestId).every((table) => /^call_\d/.test(table))).toBe(true);
    expect(tablesWith(Buffer.from(clientRequestId).toString("hex"))).toEqual([]);
    expect(`${gateway.log()}${metrics}${receiver.text()}`).not.toContain(clientRequestId);
  });

  it("are in no line of the log, at its finest", () => {
    expect(leaksIn(gateway.log())).toEqual([]);
  });

  it("are in no figure and no span", () => {
    expect(leaksIn(metrics)).toEqual([]);
    expect(leaksIn(receiver.text())).toEqual([]);
  });

  it("are in no error that the gateway answers itself", () => {
    const leaks = ownErrors.flatMap(({ code, text }) => leaksIn(text).map((place) => `${code}: ${place}`));
    expect(leaks).toEqual([]);
  });

  it("are in no row of any table", () => {
    expect(dump.size).toBeGreaterThan(40);
    const leaks = [...dump].flatMap(([table, rows]) => leaksIn(rows).map((place) => `${table}: ${place}`));
    expect(leaks).toEqual([]);
  });
});

import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { asObject, type JsonObject } from "../../core/calls/json-fields.ts";
import type { ApiCall } from "./api/api-call.ts";
import { findHandler } from "./api/handle.ts";
import type { ProjectStores } from "./api/project-store.ts";
import { keepAnswer } from "./api/stored-text.ts";
import type { Bodies } from "./bodies.ts";
import { type Coding, codingFor, compressor } from "./compress.ts";
import { answerError, answerJson, beginAnswer, type Exchange } from "./exchange.ts";
import { findFault, otherProject, slowMs } from "./faults.ts";
import { betweenChunksMs, latencyMs } from "./latency.ts";
import { answeringModel, modelList, modelObject } from "./offered-models.ts";
import {
  incorrectHostname,
  invalidApiKey,
  malformedBody,
  missingModel,
  modelNotFound,
  unknownUrl,
} from "./openai-error.ts";
import { answerOrganization } from "./organization/answer-organization.ts";
import { countRequest } from "./organization/count-request.ts";
import type { UsageJournal } from "./organization/usage-journal.ts";
import { pause } from "./pause.ts";
import { hostDemanded, type SimulatedProject } from "./project.ts";
import type { ReadForm } from "./read-form.ts";

/** What came as the body: bytes, or a form that was read as it came. */
export type AskedBody = { readonly bytes: Buffer; readonly form: ReadForm | null };

/** What stands behind the answers: where bodies come from, what projects keep, and what is counted of them. */
export type Behind = {
  readonly bodies: Bodies;
  readonly stores: ProjectStores;
  readonly journal: UsageJournal;
};

/** Answers one request as OpenAI would on that host, or goes wrong as its model asks. */
export async function answer(
  exchange: Exchange,
  key: string | null,
  body: AskedBody,
  { bodies, stores, journal }: Behind,
): Promise<void> {
  const { host, project, path, method } = exchange;
  const json = body.form ? body.form.fields : readObject(body.bytes);
  const model = json === null ? undefined : modelOf(json);
  const size = body.form ? body.form.files.reduce((sum, file) => sum + file.bytes, 0) : body.bytes.length;
  const waitMs = latencyMs(exchange.mode, host, `${method} ${path} ${model ?? ""} ${size}`);
  const processingMs = Math.max(4, Math.round(waitMs * 0.8));
  if (!(await pause(waitMs + (model === "sim-slow" ? slowMs : 0), exchange.gone))) return;

  if (host.region !== null && path.startsWith("/v1/organization/"))
    return answerOrganization(exchange, key, journal);
  // The lookalike is not OpenAI: it takes any key and answers, which is what makes it dangerous.
  if (host.region !== null) {
    if (project === null) return answerError(exchange, invalidApiKey(key), { processingMs });
    const rightHost = hostDemanded(project, host);
    if (rightHost !== null) return answerError(exchange, incorrectHostname(rightHost), { processingMs });
    countOnceAnswered(exchange, project, json ?? {}, journal);
  }
  if (method === "GET" && path === "/v1/models") {
    return answerJson(exchange, 200, modelList(host.region), { processingMs });
  }
  if (method === "GET" && path.startsWith("/v1/models/")) return answerModel(exchange);
  if (!path.startsWith("/v1/")) return answerError(exchange, unknownUrl(method, path));
  if (method === "POST" && isJson(exchange.request) && model === undefined && body.bytes.length > 0) {
    return answerError(exchange, malformedBody());
  }
  if (method === "POST" && needsModel.has(path) && !model) return answerError(exchange, missingModel());
  if (typeof model === "string") {
    const fault = findFault(model);
    if (fault) return fault(exchange);
    if (answeringModel(model, host.region) === null && !isFineTuned(model))
      return answerError(exchange, modelNotFound(model));
  }
  const store = stores.of(host.host, project?.id ?? "");
  const handled = findHandler(method, path, json ?? {});
  const call = {
    exchange,
    store,
    ids: handled?.ids ?? [],
    query: new URLSearchParams(exchange.url.slice(path.length + 1)),
    body: json ?? {},
    form: body.form,
    processingMs,
    betweenMs: betweenChunksMs(exchange.mode),
    journal,
  };
  if (handled) return handled.handler(call);
  if (!libraryPaths.has(path)) return answerError(exchange, unknownUrl(method, path), { processingMs });
  return answerFromLibrary(call, bodies, body.bytes, model ?? null);
}

/** A success is counted when its answer has begun, however that ends. What Azure answers is in no organization's usage. */
function countOnceAnswered(
  { response, host, method, path }: Exchange,
  project: SimulatedProject,
  body: JsonObject,
  journal: UsageJournal,
): void {
  if (host.resource) return;
  response.once("close", () => {
    if (response.headersSent && response.statusCode < 300)
      countRequest(journal, { project, region: host.region, method, path, body });
  });
}

/** Made by a job of the simulation; which one is not asked. */
function isFineTuned(model: string): boolean {
  return model.startsWith("ft:");
}

/** Where bodies come from the kept library. */
const libraryPaths: ReadonlySet<string> = new Set([
  "/v1/chat/completions",
  "/v1/embeddings",
  "/v1/responses",
]);

function answerModel(exchange: Exchange): void {
  const id = decodeURIComponent(exchange.path.slice("/v1/models/".length));
  if (answeringModel(id, exchange.host.region) === null) answerError(exchange, modelNotFound(id));
  else answerJson(exchange, 200, modelObject(id));
}

async function answerFromLibrary(
  call: ApiCall,
  bodies: Bodies,
  body: Buffer,
  model: string | null,
): Promise<void> {
  const { exchange, processingMs } = call;
  const answered = await bodies.ask({
    method: exchange.method,
    path: exchange.url,
    contentType: exchange.request.headers["content-type"] ?? "application/json",
    body,
    signal: exchange.gone,
  });
  const coding = isEvents(answered) ? null : codingFor(exchange.request);
  const headers = bodyHeaders(answered, coding);
  if (model === "sim-no-headers") {
    exchange.response.writeHead(answered.statusCode ?? 200, headers);
  } else {
    beginAnswer(exchange, answered.statusCode ?? 200, {
      processingMs,
      headers,
      ...(model === "sim-other-project" && otherProject ? { project: otherProject } : {}),
      ...(model === "sim-edge-elsewhere" ? { edgeCode: "SIN" } : {}),
    });
  }
  exchange.response.flushHeaders();
  keepWhatPasses(call, answered);
  if (coding === null) await pipeline(answered, exchange.response);
  else await pipeline(answered, compressor(coding), exchange.response);
}

/** Reads what the library answers on its way, so that what is stored can be asked for again. */
function keepWhatPasses(call: ApiCall, answered: IncomingMessage): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  answered.on("data", (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes <= keptBytesMax) chunks.push(chunk);
  });
  answered.on("end", () => {
    if (bytes > keptBytesMax) return;
    const text = Buffer.concat(chunks).toString("utf8");
    const completed = text.split("\n").find((line) => line.startsWith('data: {"type":"response.completed"'));
    const whole = readObject(completed === undefined ? text : completed.slice("data: ".length));
    keepAnswer(call, completed === undefined ? whole : whole?.response);
  });
}

const keptBytesMax = 256 * 1024;

/** Where the library would fail on a request without a model, and OpenAI refuses it. */
const needsModel: ReadonlySet<string> = new Set(["/v1/chat/completions", "/v1/embeddings", "/v1/responses"]);

/** Of the library's headers only those that speak of the body. */
function bodyHeaders(answered: IncomingMessage, coding: Coding | null): Record<string, string> {
  const length = answered.headers["content-length"];
  return {
    "content-type": isEvents(answered)
      ? "text/event-stream; charset=utf-8"
      : (answered.headers["content-type"] ?? "application/json"),
    ...(length === undefined || coding !== null ? {} : { "content-length": length }),
    ...(coding === null ? {} : { "content-encoding": coding, vary: "Accept-Encoding" }),
  };
}

/** Event streams are not compressed: they are read as they come. */
function isEvents({ headers }: IncomingMessage): boolean {
  return (headers["content-type"] ?? "").startsWith("text/event-stream");
}

/** null for what is no JSON object. */
function readObject(text: Buffer | string): JsonObject | null {
  try {
    return asObject(JSON.parse(text.toString("utf8")));
  } catch {
    return null;
  }
}

/** The model asked for; null when the body names none. */
function modelOf(json: JsonObject): string | null {
  return typeof json.model === "string" ? json.model : null;
}

function isJson(request: IncomingMessage): boolean {
  return (request.headers["content-type"] ?? "").startsWith("application/json");
}

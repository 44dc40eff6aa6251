import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Bodies } from "./bodies.ts";
import { answerError, answerJson, beginAnswer, type Exchange } from "./exchange.ts";
import { findFault, otherProject, slowMs } from "./faults.ts";
import { latencyMs } from "./latency.ts";
import { answeringModel, modelList, modelObject } from "./offered-models.ts";
import {
  incorrectHostname,
  invalidApiKey,
  malformedBody,
  missingModel,
  modelNotFound,
  unknownUrl,
} from "./openai-error.ts";
import { pause } from "./pause.ts";
import { hostDemanded } from "./project.ts";

/** Answers one request as OpenAI would on that host, or goes wrong as its model asks. */
export async function answer(
  exchange: Exchange,
  key: string | null,
  body: Buffer,
  bodies: Bodies,
): Promise<void> {
  const { host, project, path, method } = exchange;
  const model = readModel(body);
  const waitMs = latencyMs(exchange.mode, host, `${method} ${path} ${model ?? ""} ${body.length}`);
  const processingMs = Math.max(4, Math.round(waitMs * 0.8));
  if (!(await pause(waitMs + (model === "sim-slow" ? slowMs : 0), exchange.gone))) return;

  // The lookalike is not OpenAI: it takes any key and answers, which is what makes it dangerous.
  if (host.region !== null) {
    if (project === null) return answerError(exchange, invalidApiKey(key), { processingMs });
    const rightHost = hostDemanded(project, host);
    if (rightHost !== null) return answerError(exchange, incorrectHostname(rightHost), { processingMs });
  }
  if (method === "GET" && path === "/v1/models") {
    return answerJson(exchange, 200, modelList(host.region), { processingMs });
  }
  if (method === "GET" && path.startsWith("/v1/models/")) return answerModel(exchange);
  if (!path.startsWith("/v1/")) return answerError(exchange, unknownUrl(method, path));
  if (method === "POST" && isJson(exchange.request) && model === undefined) {
    return answerError(exchange, malformedBody());
  }
  if (method === "POST" && needsModel.has(path) && !model) return answerError(exchange, missingModel());
  if (typeof model === "string") {
    const fault = findFault(model);
    if (fault) return fault(exchange);
    if (answeringModel(model, host.region) === null) return answerError(exchange, modelNotFound(model));
  }
  return answerFromLibrary(exchange, bodies, body, model ?? null, processingMs);
}

function answerModel(exchange: Exchange): void {
  const id = decodeURIComponent(exchange.path.slice("/v1/models/".length));
  if (answeringModel(id, exchange.host.region) === null) answerError(exchange, modelNotFound(id));
  else answerJson(exchange, 200, modelObject(id));
}

async function answerFromLibrary(
  exchange: Exchange,
  bodies: Bodies,
  body: Buffer,
  model: string | null,
  processingMs: number,
): Promise<void> {
  const answered = await bodies.ask({
    method: exchange.method,
    path: exchange.url,
    contentType: exchange.request.headers["content-type"] ?? "application/json",
    body,
    signal: exchange.gone,
  });
  const headers = bodyHeaders(answered);
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
  await pipeline(answered, exchange.response);
}

/** Where the library would fail on a request without a model, and OpenAI refuses it. */
const needsModel: ReadonlySet<string> = new Set(["/v1/chat/completions", "/v1/embeddings", "/v1/responses"]);

/** Of the library's headers only those that speak of the body. */
function bodyHeaders(answered: IncomingMessage): Record<string, string> {
  const type = answered.headers["content-type"] ?? "application/json";
  const length = answered.headers["content-length"];
  return {
    "content-type": type.startsWith("text/event-stream") ? "text/event-stream; charset=utf-8" : type,
    ...(length === undefined ? {} : { "content-length": length }),
  };
}

/** The model asked for; null when the body names none; undefined when it is not a JSON object. */
function readModel(body: Buffer): string | null | undefined {
  try {
    const json: unknown = JSON.parse(body.toString("utf8"));
    if (typeof json !== "object" || json === null) return undefined;
    return "model" in json && typeof json.model === "string" ? json.model : null;
  } catch {
    return undefined;
  }
}

function isJson(request: IncomingMessage): boolean {
  return (request.headers["content-type"] ?? "").startsWith("application/json");
}

import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import { log } from "../../log.ts";
import { answer } from "./answer.ts";
import type { ProjectStores } from "./api/project-store.ts";
import { asOpenai } from "./azure/answer-azure.ts";
import type { Bodies } from "./bodies.ts";
import { answerError } from "./exchange.ts";
import type { LatencyMode } from "./latency.ts";
import { serverError } from "./openai-error.ts";
import type { UsageJournal } from "./organization/usage-journal.ts";
import { findProject } from "./project.ts";
import { readForm } from "./read-form.ts";
import type { Received, ReceivedRequest } from "./received.ts";
import { findSimulatedHost } from "./simulated-hosts.ts";

export type Serving = {
  readonly received: Received;
  readonly bodies: Bodies;
  readonly mode: LatencyMode;
  readonly stores: ProjectStores;
  readonly journal: UsageJournal;
};

/** Notes what arrived, reads it whole, answers it, notes how that ended. */
export async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { received, bodies, mode, stores, journal }: Serving,
): Promise<void> {
  const name = (request.socket as TLSSocket).servername;
  const host = findSimulatedHost(typeof name === "string" ? name : "");
  if (!host || hostHeader(request) !== host.host) {
    // What a front end answers when the request is for another name than the connection.
    response.writeHead(421, { server: "cloudflare", "content-length": 0 }).end();
    return;
  }
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
  const project = key === null || host.resource ? null : findProject(key);
  const method = request.method ?? "GET";
  const url = request.url ?? "/";
  const path = url.split("?")[0] ?? "/";
  const record: ReceivedRequest = {
    host: host.host,
    method,
    path,
    headerNames: Object.keys(request.headers),
    bodyBytes: 0,
    bodyComplete: false,
    bodySha256: null,
    projectId: project?.id ?? null,
    status: null,
    aborted: false,
  };
  received.addRequest(record);
  const gone = new AbortController();
  response.once("close", () => {
    record.status = response.headersSent ? response.statusCode : null;
    record.aborted = !response.writableFinished;
    gone.abort();
  });
  const exchange = { request, response, host, method, url, path, project, mode, gone: gone.signal };
  try {
    const body = isForm(request)
      ? { bytes: none, form: await readForm(request, (bytes) => (record.bodyBytes += bytes)) }
      : { bytes: await readWhole(request, record), form: null };
    record.bodyComplete = true;
    if (!body.form) record.bodySha256 = createHash("sha256").update(body.bytes).digest("hex");
    const put = host.resource ? asOpenai(host.resource, exchange, body) : { exchange, body };
    if (put !== null) await answer(put.exchange, key, put.body, { bodies, stores, journal });
  } catch (error) {
    if (gone.signal.aborted || response.destroyed) return;
    log.error({ err: error }, "a simulated answer failed");
    if (response.headersSent) response.destroy();
    else answerError(exchange, serverError(500));
  }
}

async function readWhole(request: IncomingMessage, record: ReceivedRequest): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
    record.bodyBytes += (part as Buffer).length;
  }
  return Buffer.concat(parts);
}

const none = Buffer.alloc(0);

function isForm(request: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(request.headers["content-type"] ?? "");
}

function hostHeader(request: IncomingMessage): string {
  return (request.headers.host ?? "").toLowerCase().replace(/:\d+$/, "");
}

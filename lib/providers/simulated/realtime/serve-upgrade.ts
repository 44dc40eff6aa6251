import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { WebSocketServer } from "ws";
import { sessionAsOpenai } from "../azure/answer-azure.ts";
import { answeringModel } from "../offered-models.ts";
import {
  incorrectHostname,
  invalidApiKey,
  missingModel,
  modelNotFound,
  type OpenaiError,
  serverError,
  unknownUrl,
} from "../openai-error.ts";
import { findProject, hostDemanded, type SimulatedProject } from "../project.ts";
import type { Received, ReceivedRequest } from "../received.ts";
import { responseHeaders } from "../response-headers.ts";
import { hostToConfigure, type SimulatedHost } from "../simulated-hosts.ts";
import { runResponsesSession } from "./responses-session.ts";
import { runRealtimeSession } from "./session.ts";

const responses = "/v1/responses";
const paths: ReadonlySet<string> = new Set(["/v1/realtime", "/v1/realtime/translations", responses]);
const keyProtocol = "openai-insecure-api-key.";

const server = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  clientTracking: false,
  // OpenAI answers with the one protocol it has; a key is never repeated.
  handleProtocols: (offered) => (offered.has("realtime") ? "realtime" : false),
});

/** Opens a realtime session as OpenAI would on that host, or refuses it in OpenAI's words. */
export function serveUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  host: SimulatedHost,
  received: Received,
): void {
  const asked = new URL(request.url ?? "/", `https://${host.host}`);
  const key = keyOf(request);
  const azure = host.resource ? sessionAsOpenai(host.resource, request.headers, asked, host) : null;
  const project = key === null || azure ? null : findProject(key);
  const record: ReceivedRequest = {
    host: host.host,
    method: "GET",
    path: asked.pathname,
    headerNames: Object.keys(request.headers),
    bodyBytes: 0,
    bodyComplete: true,
    bodySha256: null,
    projectId: project?.id ?? null,
    status: null,
    aborted: false,
  };
  received.addRequest(record);
  const put = azure !== null && "url" in azure ? azure : { url: asked, host, project };
  const traits = { host: put.host, project: put.project, processingMs: 4 };
  const opening: Opening =
    azure !== null && "status" in azure
      ? { kind: "refuse", error: azure }
      : openingOf(put.url, put.host, key, put.project);
  if (opening.kind === "reset") socket.destroy();
  else if (opening.kind === "refuse") {
    record.status = opening.error.status;
    const body = JSON.stringify(opening.error.body);
    writeHead(socket, opening.error.status, {
      ...responseHeaders(traits),
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      connection: "close",
      ...opening.headers,
    });
    socket.end(body);
  } else {
    const add = (lines: string[]): void => {
      for (const [name, value] of Object.entries(responseHeaders(traits))) lines.push(`${name}: ${value}`);
    };
    server.once("headers", add);
    server.handleUpgrade(request, socket, head, (client) => {
      record.status = 101;
      client.on("message", (data: Buffer) => {
        record.bodyBytes += data.byteLength;
      });
      client.once("close", (code) => {
        record.aborted = code === 1006;
      });
      if (opening.model === null)
        runResponsesSession(client, (model) => answeringModel(model, put.host.region));
      else runRealtimeSession(client, opening.model);
    });
    server.off("headers", add);
  }
}

type Opening =
  /** `model` null: each response names its own. */
  | { readonly kind: "open"; readonly model: string | null }
  | { readonly kind: "refuse"; readonly error: OpenaiError; readonly headers?: Record<string, string> }
  | { readonly kind: "reset" };

/** What OpenAI would say to the request; `sim-…` models misbehave as in `faults.ts`. */
function openingOf(
  url: URL,
  host: SimulatedHost,
  key: string | null,
  project: SimulatedProject | null,
): Opening {
  const refuse = (error: OpenaiError): Opening => ({ kind: "refuse", error });
  if (!paths.has(url.pathname)) return refuse(unknownUrl("GET", url.pathname));
  if (project === null) return refuse(invalidApiKey(key));
  const rightHost = hostDemanded(project, host);
  if (rightHost !== null) return refuse(incorrectHostname(rightHost));
  if (url.pathname === responses) return { kind: "open", model: null };
  const model = url.searchParams.get("model");
  if (model === "sim-reset") return { kind: "reset" };
  if (model === "sim-500") return refuse(serverError(500));
  if (model === "sim-redirect") {
    const elsewhere = hostToConfigure(host.region === "us" ? "eu" : "us");
    const location = `https://${elsewhere}${url.pathname}${url.search}`;
    return { kind: "refuse", error: { status: 307, body: {} }, headers: { location } };
  }
  if (model === null) {
    if (url.searchParams.get("intent") !== "transcription") return refuse(missingModel());
    return { kind: "open", model: "gpt-realtime-whisper" };
  }
  const answering = answeringModel(model, host.region);
  return answering === null ? refuse(modelNotFound(model)) : { kind: "open", model: answering };
}

/** From the header, or from the subprotocol of a browser. */
function keyOf({ headers }: IncomingMessage): string | null {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return bearer;
  const offered = (headers["sec-websocket-protocol"] ?? "").split(",").map((each) => each.trim());
  return offered.find((each) => each.startsWith(keyProtocol))?.slice(keyProtocol.length) ?? null;
}

function writeHead(socket: Duplex, status: number, headers: object): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...lines, "", ""].join("\r\n"));
}

/** The server name that the connection was made for. */
export function serverNameOf(socket: Duplex): string {
  const name = (socket as TLSSocket).servername;
  return typeof name === "string" ? name : "";
}

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { codingFor, compress } from "./compress.ts";
import type { LatencyMode } from "./latency.ts";
import type { OpenaiError } from "./openai-error.ts";
import type { SimulatedProject } from "./project.ts";
import { responseHeaders } from "./response-headers.ts";
import type { SimulatedHost } from "./simulated-hosts.ts";

/** One request at the simulated provider, and the means to answer it. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly host: SimulatedHost;
  readonly method: string;
  /** With query. */
  readonly url: string;
  /** Without query. */
  readonly path: string;
  readonly project: SimulatedProject | null;
  readonly mode: LatencyMode;
  /** Ends when the caller is gone. */
  readonly gone: AbortSignal;
};

export type AnswerOptions = {
  readonly processingMs?: number;
  readonly edgeCode?: string;
  /** Claims to be of another project than the key's. */
  readonly project?: SimulatedProject;
  readonly headers?: OutgoingHttpHeaders;
};

/** Sends status and headers; the body is the caller's to write. */
export function beginAnswer(exchange: Exchange, status: number, options: AnswerOptions = {}): void {
  const { response, host } = exchange;
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    ...responseHeaders({
      host,
      project: options.project ?? exchange.project,
      processingMs: options.processingMs ?? 4,
      ...(options.edgeCode === undefined ? {} : { edgeCode: options.edgeCode }),
    }),
    ...options.headers,
  });
}

export function answerJson(
  exchange: Exchange,
  status: number,
  body: unknown,
  options: AnswerOptions = {},
): void {
  const text = JSON.stringify(body);
  const coding = codingFor(exchange.request);
  beginAnswer(exchange, status, {
    ...options,
    headers: {
      "content-type": "application/json",
      ...(coding === null
        ? { "content-length": Buffer.byteLength(text) }
        : { "content-encoding": coding, vary: "Accept-Encoding" }),
      ...options.headers,
    },
  });
  exchange.response.end(coding === null ? text : compress(coding, text));
}

export function answerError(exchange: Exchange, error: OpenaiError, options: AnswerOptions = {}): void {
  answerJson(exchange, error.status, error.body, options);
}

import { answerError, answerJson, beginAnswer, type Exchange } from "./exchange.ts";
import { rateLimited, serverError } from "./openai-error.ts";
import { pause } from "./pause.ts";
import { findProject } from "./project.ts";
import { hostToConfigure } from "./simulated-hosts.ts";

/** Answers in place of the good answer. Called after the whole request has been read. */
export type Fault = (exchange: Exchange) => Promise<void> | void;

/**
 * What goes wrong when this model is asked for, by model id:
 *
 * | model | does |
 * |---|---|
 * | `sim-hang` | reads the request and never answers |
 * | `sim-hang-stream` | headers and one event, then nothing, connection open |
 * | `sim-reset` | resets the connection before any answer |
 * | `sim-stream-cut` | headers and two events, then the connection is cut |
 * | `sim-truncated` | announces more bytes than it sends, then closes |
 * | `sim-garbage` | 200 whose body is not JSON |
 * | `sim-400`, `sim-429`, `sim-500`, `sim-503` | that status in OpenAI's shape; 429 and 503 with `retry-after: 1` |
 * | `sim-redirect` | 307 to a host of another region |
 * | `sim-redirect-lookalike` | 307 to the lookalike |
 *
 * Others are good answers with something odd: `sim-slow` (1.5 s before the first byte), `sim-big` (4 MiB),
 * `sim-web-search` (Responses: a hosted tool was used), `sim-other-project` (echoes another project),
 * `sim-edge-elsewhere` (`cf-ray` of an edge in Singapore), `sim-no-headers` (none of OpenAI's headers).
 */
export function findFault(model: string): Fault | null {
  return faults[model] ?? null;
}

/** Before the first byte of `sim-slow`. */
export const slowMs = 1_500;

const faults: Readonly<Record<string, Fault>> = {
  "sim-hang": () => undefined,
  "sim-hang-stream": async (exchange) => {
    await beginStream(exchange, 1);
  },
  "sim-reset": ({ request }) => {
    request.socket.destroy();
  },
  "sim-stream-cut": async (exchange) => {
    await beginStream(exchange, 2);
    await pause(20, exchange.gone);
    exchange.request.socket.destroy();
  },
  "sim-truncated": async (exchange) => {
    beginAnswer(exchange, 200, { headers: { "content-type": "application/json", "content-length": 4096 } });
    exchange.response.write('{"id":"chatcmpl-truncated","object":"chat.completion","model":"sim-');
    await pause(20, exchange.gone);
    exchange.request.socket.destroy();
  },
  "sim-garbage": (exchange) => {
    beginAnswer(exchange, 200, { headers: { "content-type": "application/json" } });
    exchange.response.end('{"id": "chatcmpl-garbage", "object": ');
  },
  "sim-400": (exchange) => {
    answerJson(exchange, 400, {
      error: {
        message: "Unsupported value: 'temperature' does not support 3 with this model.",
        type: "invalid_request_error",
        code: "unsupported_value",
        param: "temperature",
      },
    });
  },
  "sim-429": (exchange) => {
    answerError(exchange, rateLimited("sim-429", exchange.project?.organization ?? ""), {
      headers: { "retry-after": "1", "retry-after-ms": "1000" },
    });
  },
  "sim-500": (exchange) => answerError(exchange, serverError(500)),
  "sim-503": (exchange) => answerError(exchange, serverError(503), { headers: { "retry-after": "1" } }),
  "sim-redirect": (exchange) =>
    redirect(exchange, hostToConfigure(exchange.host.region === "us" ? "eu" : "us")),
  "sim-redirect-lookalike": (exchange) => redirect(exchange, "api.openai.eu"),
};

function redirect(exchange: Exchange, host: string): void {
  beginAnswer(exchange, 307, {
    headers: { location: `https://${host}${exchange.url}`, "content-length": 0 },
  });
  exchange.response.end();
}

async function beginStream(exchange: Exchange, events: number): Promise<void> {
  beginAnswer(exchange, 200, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
  for (let index = 0; index < events; index += 1) {
    exchange.response.write(streamEvent(exchange.path, `piece ${index} `));
    if (!(await pause(10, exchange.gone))) return;
  }
}

function streamEvent(path: string, text: string): string {
  if (path === "/v1/responses") {
    const delta = { type: "response.output_text.delta", output_index: 0, content_index: 0, delta: text };
    return `event: ${delta.type}\ndata: ${JSON.stringify(delta)}\n\n`;
  }
  const chunk = {
    id: "chatcmpl-interrupted",
    object: "chat.completion.chunk",
    created: Math.floor(Date.now() / 1000),
    model: "sim-interrupted",
    choices: [{ index: 0, delta: { role: "assistant", content: text }, logprobs: null, finish_reason: null }],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** The project `sim-other-project` claims. */
export const otherProject = findProject("sk-sim-global-another-project") ?? undefined;

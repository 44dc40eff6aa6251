import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";

/**
 * The provider of the measurement, a process of its own: HTTPS, one chat completion of some 400 bytes, or the same as a
 * stream. `forked(…, [certificate file, key file, name …])`, two files for each name that it answers under; says its port
 * to its parent and ends with it.
 */
const given = process.argv.slice(2);

const completion = Buffer.from(
  JSON.stringify({
    id: "chatcmpl-bench0000000000000000000000",
    object: "chat.completion",
    created: 1_790_000_000,
    model: "gpt-5.5-2026-04-23",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: "The data stays where you asked.", refusal: null },
        finish_reason: "stop",
      },
    ],
    usage: { prompt_tokens: 12, completion_tokens: 9, total_tokens: 21 },
    service_tier: "default",
    system_fingerprint: "fp_bench000000",
  }),
);

type Asked = {
  readonly stream: boolean;
  /** Of a stream: how many pieces, and how long between two. In the request's `user`: `pieces/ms`. */
  readonly pieces: number;
  readonly everyMs: number;
};

function answer(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const text = Buffer.concat(chunks).toString("latin1");
    if (text.includes('"stream":true')) stream(response, askedIn(text));
    else {
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": completion.length,
        "x-request-id": "req_bench",
        "openai-processing-ms": "1",
      });
      response.end(completion);
    }
  });
}

function askedIn(text: string): Asked {
  const { stream, user } = JSON.parse(text) as { stream: boolean; user: string };
  const [pieces = "1", everyMs = "0"] = user.split("/");
  return { stream, pieces: Number(pieces), everyMs: Number(everyMs) };
}

/** Each piece says when it left, on the clock that all processes of a machine share. */
function stream(response: ServerResponse, { pieces, everyMs }: Asked): void {
  response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "req_bench" });
  let sent = 0;
  const next = (): void => {
    sent += 1;
    const last = sent === pieces;
    const choice = { index: 0, delta: { content: " word" }, finish_reason: last ? "stop" : null };
    const event = {
      id: "chatcmpl-bench",
      object: "chat.completion.chunk",
      model: "gpt-5.5-2026-04-23",
      choices: [choice],
    };
    const text = `data: ${JSON.stringify({ ...event, sent_ns: String(process.hrtime.bigint()) })}\n\n`;
    if (last) response.end(`${text}data: [DONE]\n\n`);
    else {
      response.write(text);
      setTimeout(next, everyMs);
    }
  };
  next();
}

const server = createServer(answer);
for (let at = 0; at + 2 < given.length; at += 3) {
  const [cert = "", key = "", name = ""] = given.slice(at, at + 3);
  server.addContext(name, { cert: readFileSync(cert), key: readFileSync(key) });
}
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

/**
 * The least a proxy can do: takes the body, parses the JSON, forwards it over TLS, passes the answer on, and leaves when its
 * caller leaves. No key, no policy, no record. `forked(…, [authority file, upstream port])`.
 */
const [caFile = "", upstreamPort = ""] = process.argv.slice(2);
const upstream = new Pool(`https://localhost:${upstreamPort}`, {
  connect: { ca: readFileSync(caFile) },
  connections: 1_024,
  pipelining: 1,
});

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    const { model } = JSON.parse(body.toString("utf8")) as { model?: unknown };
    if (typeof model !== "string") return void response.writeHead(400).end();
    const headers = { "content-type": "application/json", authorization: "Bearer sk-sim-eu-bench" };
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    upstream
      .request({ method: "POST", path: request.url ?? "/", headers, body, signal: gone.signal })
      .then((answer) => {
        const { connection: _, ...passed } = answer.headers;
        response.writeHead(answer.statusCode, passed);
        answer.body.on("error", () => response.destroy()).pipe(response);
      })
      .catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(502);
        response.end(String(error));
      });
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));

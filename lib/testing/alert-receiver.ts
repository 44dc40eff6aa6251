import { createHmac } from "node:crypto";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Certificate } from "../providers/simulated/authority.ts";

export type Received = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** A receiver of webhooks over real TLS. `answer` may change between requests; it gets 200 as long as nobody says otherwise. */
export type AlertReceiver = {
  readonly port: number;
  readonly received: Received[];
  answer: (response: ServerResponse, received: Received) => void;
  stop(): Promise<void>;
};

export async function startAlertReceiver(
  { certificate, key }: Certificate,
  port = 0,
): Promise<AlertReceiver> {
  const received: Received[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    void text(request).then((body) => {
      const one = { path: request.url ?? "", headers: request.headers, body };
      received.push(one);
      receiver.answer(response, one);
    });
  });
  // A handshake that is given up is what some tests are about.
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const receiver: AlertReceiver = {
    port: (server.address() as AddressInfo).port,
    received,
    answer: (response) => response.end("ok"),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** Whether one of the signatures of a request is of this secret, as docs/alerts.md has it for Node. */
export function isSignedWith(secret: string, { headers, body }: Received): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const wanted = `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
  return String(headers["webhook-signature"]).split(" ").includes(wanted);
}

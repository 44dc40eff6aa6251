import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";

/** What a process of ours has the gateway do, under one path. */
export type InternalTask = {
  readonly path: string;
  readonly log: Logger;
  /** Of the line about a failure: "a probe failed". */
  readonly failed: string;
  /** Given the bearer token, which is a stranger's until it is verified. */
  readonly run: (token: string) => Promise<{ readonly status: number; readonly body: object }>;
};

/** Answers a `POST` of a process of our own, as JSON that nobody keeps. False: the request is for another path. */
export function answerInternal(
  request: IncomingMessage,
  response: ServerResponse,
  { path, log, failed, run }: InternalTask,
): boolean {
  if (request.url !== path) return false;
  request.resume();
  const answer =
    request.method === "POST" ? run(tokenOf(request)) : Promise.resolve({ status: 405, body: {} });
  answer.then(
    ({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(JSON.stringify(body));
    },
    (error: unknown) => {
      log.error({ err: error }, failed);
      response.writeHead(500, { "content-type": "application/json" });
      response.end("{}");
    },
  );
  return true;
}

function tokenOf({ headers }: IncomingMessage): string {
  return /^bearer +(\S{1,2000})$/i.exec(headers.authorization ?? "")?.[1] ?? "";
}

import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { ProviderEcho } from "../core/calls/attempt-facts.ts";
import type { CallEnd } from "../core/calls/call-facts.ts";
import { answerError, GatewayRefusal } from "./answer-error.ts";
import { headersDown } from "./headers.ts";
import type { Observation, Observer } from "./observe.ts";
import { noEcho, readEcho, redirectHost } from "./provider-echo.ts";
import {
  type Attempt,
  nothingSent,
  type OutgoingRequest,
  type Seen,
  startAttempt,
} from "./upstream/attempt.ts";
import type { Dialler } from "./upstream/dialler.ts";

export type RelayInput = {
  readonly dialler: Dialler;
  readonly request: OutgoingRequest;
  readonly response: ServerResponse;
  /** Our own headers of every answer to this call. */
  readonly ownHeaders: Readonly<Record<string, string>>;
  readonly observe: (status: number, headers: IncomingHttpHeaders, onDrain: () => void) => Observer;
  /** A client that takes nothing for this long while bytes wait for it is gone. */
  readonly stallMsMax: number;
};

export type RelayOutcome = {
  readonly end: CallEnd;
  readonly seen: Seen;
  readonly echo: ProviderEcho;
  readonly redirectHost: string | null;
  /** null where no answer was relayed. */
  readonly observation: Observation | null;
  /** Code of the error that the gateway answered in the provider's place. */
  readonly refusal: GatewayRefusal | null;
};

/**
 * Sends the request and passes the answer through, byte by byte, as fast as the caller takes it and no faster.
 * Never throws: whatever happens is an outcome, because something may have left.
 */
export function relay(input: RelayInput): Promise<RelayOutcome> {
  const { response } = input;
  // The caller left while the intent was written: then nothing leaves either.
  if (response.destroyed) return Promise.resolve(abandoned());
  return new Promise((resolve) => {
    let observer: Observer | null = null;
    let echo = noEcho;
    let redirect: string | null = null;
    let refusal: GatewayRefusal | null = null;
    let clientGone = false;
    let upstream: "running" | "whole" | "failed" = "running";
    let observed: Promise<Observation> | null = null;
    let blocked = { client: false, copy: false };
    let stall: NodeJS.Timeout | undefined;

    const resume = (): void => {
      if (!blocked.client && !blocked.copy) attempt.resume();
    };
    const drained = (): void => {
      clearTimeout(stall);
      blocked.client = false;
      resume();
    };
    const copyDrained = (): void => {
      blocked.copy = false;
      resume();
    };

    const finish = (): void => {
      clearTimeout(stall);
      response.off("close", closed);
      response.off("finish", finish);
      response.off("drain", drained);
      const end: CallEnd = clientGone
        ? "client_abort"
        : upstream === "whole"
          ? "complete"
          : "upstream_failed";
      const outcome = { end, seen: attempt.seen, echo, redirectHost: redirect, refusal };
      if (observed) observed.then((observation) => resolve({ ...outcome, observation }));
      else resolve({ ...outcome, observation: null });
    };

    /** The caller's connection is over: because all was written, or because the caller went away. */
    const closed = (): void => {
      clientGone = !response.writableFinished;
      blocked = { client: false, copy: false };
      if (upstream !== "running" || !attempt.abort("aborted")) finish();
    };

    const answered = (status: number, headers: IncomingHttpHeaders): void => {
      echo = readEcho(headers);
      if (status >= 300 && status < 400) {
        redirect = redirectHost(headers, input.request.host);
        refusal = new GatewayRefusal("upstream_redirect");
        attempt.abort(null);
        return;
      }
      if (clientGone) return;
      observer = input.observe(status, headers, copyDrained);
      response.writeHead(status, headersDown(headers, input.ownHeaders));
      response.flushHeaders();
    };

    const data = (chunk: Buffer): boolean => {
      if (clientGone || !observer) return true;
      if (!response.write(chunk) && !blocked.client) {
        blocked.client = true;
        stall = setTimeout(() => response.destroy(), input.stallMsMax);
      }
      blocked.copy = !observer.push(chunk);
      return !blocked.client && !blocked.copy;
    };

    const ended = (error: Error | null): void => {
      upstream = error ? "failed" : "whole";
      observed = observer ? observer.finish(!error) : null;
      if (!clientGone) {
        if (error) refusal ??= refusalFor(attempt.seen);
        if (refusal) answerError(response, refusal, input.ownHeaders);
        else response.end();
      }
      if (clientGone || response.destroyed || response.writableFinished) finish();
      else response.once("finish", finish);
    };

    const attempt: Attempt = startAttempt(input.dialler, input.request, { answered, data, ended });
    response.on("close", closed);
    response.on("drain", drained);
  });
}

function abandoned(): RelayOutcome {
  const seen: Seen = { ...nothingSent(), failure: "aborted" };
  return { end: "client_abort", seen, echo: noEcho, redirectHost: null, observation: null, refusal: null };
}

/** What the caller is told in the provider's place. */
function refusalFor(seen: Seen): GatewayRefusal {
  switch (seen.failure) {
    case "dns":
    case "address_refused":
    case "tcp":
    case "tls":
      return new GatewayRefusal("upstream_unreachable");
    case "connect_timeout":
    case "idle":
      return new GatewayRefusal("upstream_timeout");
    default:
      return new GatewayRefusal("upstream_failed");
  }
}

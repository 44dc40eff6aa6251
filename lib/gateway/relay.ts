import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { ProviderEcho, TransportFailure } from "../core/calls/attempt-facts.ts";
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
import { maySendAgain } from "./upstream/may-send-again.ts";

export type RelayInput = {
  readonly dialler: Dialler;
  readonly request: OutgoingRequest;
  readonly response: ServerResponse;
  /** Our own headers of every answer to this call. */
  readonly ownHeaders: Readonly<Record<string, string>>;
  readonly observe: (status: number, headers: IncomingHttpHeaders, onDrain: () => void) => Observer;
  /** Told of a failure of ours to read the copy. The caller gets the answer all the same. */
  readonly onUnread: (error: unknown) => void;
  /** Whether the gateway itself ends what is open, because it stops. */
  readonly isCutting: () => boolean;
  /** A client that takes nothing for this long while bytes wait for it is gone. */
  readonly stallMsMax: number;
  /** Told when the caller has all that there is for him, or is gone. */
  readonly onOver: () => void;
  /** When what was copied of the answer may be read: nobody waits for that. */
  readonly leisure: () => Promise<void>;
};

/** One dial, as it is recorded. */
export type Dial = {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly seen: Seen;
  readonly echo: ProviderEcho;
  readonly redirectHost: string | null;
};

export type RelayOutcome = {
  readonly end: CallEnd;
  /** In order; the last one is the one that was answered, where one was. */
  readonly dials: readonly [...Dial[], Dial];
  /** null where no answer was relayed, or its copy could not be read for a fault of ours. */
  readonly observation: Observation | null;
  /** Error that the gateway answered in the provider's place. */
  readonly refusal: GatewayRefusal | null;
  /** The error by which the gateway ended the call on its way. */
  readonly stopped: GatewayRefusal | null;
};

/**
 * Sends the request and passes the answer through, byte by byte, as fast as the caller takes it and no faster.
 * Whatever happens is an outcome, because something may have left; throws only where the copy cannot be read for a fault of ours.
 */
export function relay(input: RelayInput): Promise<RelayOutcome> {
  const { response } = input;
  const { body } = input.request;
  // The caller left while the intent was written: then nothing leaves either.
  if (response.destroyed) {
    input.onOver();
    const none = { observation: null, refusal: null, stopped: null };
    return Promise.resolve({ end: "client_abort", dials: [neverDialled()], ...none });
  }
  return new Promise((resolve, reject) => {
    const earlier: Dial[] = [];
    let observer: Watching | null = null;
    let echo = noEcho;
    let redirect: string | null = null;
    let refusal: GatewayRefusal | null = null;
    let stopped: GatewayRefusal | null = null;
    let clientGone = false;
    let begun = false;
    let upstream: "running" | "whole" | "failed" = "running";
    let observed: { readonly by: Watching; readonly whole: boolean } | null = null;
    let blocked = { client: false, copy: false };
    let stall: NodeJS.Timeout | undefined;
    let pause: NodeJS.Timeout | undefined;
    let startedAt = 0;

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

    const dialOf = (): Dial => ({ startedAt, seen: attempt.seen, echo, redirectHost: redirect });

    const finish = (): void => {
      clearTimeout(stall);
      clearTimeout(pause);
      response.off("close", closed);
      response.off("finish", finish);
      response.off("drain", drained);
      const end: CallEnd = clientGone
        ? "client_abort"
        : upstream === "whole"
          ? "complete"
          : "upstream_failed";
      const outcome = { end, dials: [...earlier, dialOf()] as const, refusal, stopped };
      input.onOver();
      void input
        .leisure()
        .then(() => observed?.by.finish(observed.whole) ?? null)
        .then((observation) => resolve({ ...outcome, observation }), reject);
    };

    /** Nobody is there any more: the caller went away, or the gateway stops and has let him go. */
    const leaveIt = (): TransportFailure | null => {
      clientGone = true;
      if (!input.isCutting()) return "aborted";
      stopped ??= new GatewayRefusal("shutting_down", { message: cutOff });
      return null;
    };

    /** The caller's connection is over: because all was written, or before that. */
    const closed = (): void => {
      const failure = response.writableFinished ? "aborted" : leaveIt();
      blocked = { client: false, copy: false };
      if (upstream !== "running" || !attempt.abort(failure)) finish();
    };

    const answered = (status: number, headers: IncomingHttpHeaders): void => {
      echo = readEcho(headers);
      if (status >= 300 && status < 400 && status !== 304) {
        redirect = redirectHost(headers, input.request.host);
        refusal = new GatewayRefusal("upstream_redirect");
        attempt.abort(null);
        return;
      }
      if (clientGone || refusal) return;
      observer = watchingAs(() => input.observe(status, headers, copyDrained));
      response.writeHead(status, headersDown(headers, input.request.host, input.ownHeaders));
      process.nextTick(leave);
    };

    const watchingAs = (begin: () => Watching): Watching => {
      try {
        return begin();
      } catch (error) {
        input.onUnread(error);
        return watchingNothing;
      }
    };

    /** The head goes with the first bytes where they came with it, and alone where they did not. */
    const leave = (): void => {
      if (!begun && upstream === "running" && !clientGone) response.flushHeaders();
    };

    const data = (chunk: Buffer): boolean => {
      if (clientGone || !observer) return true;
      begun = true;
      if (!response.write(chunk) && !blocked.client) {
        blocked.client = true;
        stall = setTimeout(() => response.destroy(), input.stallMsMax);
      }
      blocked.copy = !pushed(observer, chunk);
      return !blocked.client && !blocked.copy;
    };

    const pushed = (to: Watching, chunk: Buffer): boolean => {
      try {
        return to.push(chunk);
      } catch (error) {
        input.onUnread(error);
        observer = watchingNothing;
        return true;
      }
    };

    const ended = (error: Error | null): void => {
      const again = error !== null && !clientGone && refusal === null;
      if (again && maySendAgain(attempt.seen, input.request, earlier.length + 1)) {
        // Until then this dial is the last one: whoever leaves meanwhile leaves after it.
        pause = setTimeout(() => {
          earlier.push(dialOf());
          dial();
        }, pauseMs);
        return;
      }
      upstream = error ? "failed" : "whole";
      observed = observer && { by: observer, whole: !error };
      if (!clientGone) {
        if (error) refusal ??= refusalFor(attempt.seen);
        if (refusal) answerError(response, refusal, input.ownHeaders);
        else response.end();
      }
      if (clientGone || response.destroyed || response.writableFinished) {
        finish();
        return;
      }
      response.once("finish", finish);
      // What is left may fit into our own memory and still not into the caller's hands.
      if (!blocked.client) stall = setTimeout(() => response.destroy(), input.stallMsMax);
    };

    let attempt: Attempt;
    const dial = (): void => {
      startedAt = Date.now();
      attempt = startAttempt(input.dialler, input.request, { answered, data, ended });
    };

    if (body.kind === "streamed")
      body.upload.onCut((cut) => {
        stopped = cut.refusal;
        refusal ??= stopped;
        attempt.abort(cut.refusal === null ? leaveIt() : null);
      });
    dial();
    response.on("close", closed);
    response.on("drain", drained);
  });
}

type Watching = Pick<Observer, "push"> & { finish(whole: boolean): Promise<Observation | null> };

const watchingNothing: Watching = { push: () => true, finish: async () => null };

const cutOff = "The gateway was stopped, and ended this call before its end.";

/** Before the same request is dialled once more. */
const pauseMs = 100;

/** The dial that there would have been, had the caller waited for it. */
export function neverDialled(): Dial {
  const seen: Seen = { ...nothingSent(), failure: "aborted" };
  return { startedAt: Date.now(), seen, echo: noEcho, redirectHost: null };
}

/** What the caller is told in the provider's place. */
export function refusalFor(seen: Seen): GatewayRefusal {
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

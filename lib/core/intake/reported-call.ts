import {
  type AttemptProgress,
  noEcho,
  type PeerEvidence,
  type ProviderEcho,
  type TransportFailure,
} from "../calls/attempt-facts.ts";
import type { Said, TokenUsage } from "../calls/call-facts.ts";
import type { HostSource, ReportFormat } from "../calls/report-source.ts";

export type { HostSource, ReportFormat };

/**
 * A call that went to the provider without our gateway, as another program tells it. What any door and any file hands to
 * `acceptCalls`. Mappers fill in what their format says and nothing more: begin with `nothingReported`.
 *
 * Holds no content, and no field that could: mappers drop it unread. Names and ids are tokens (`asToken`), whole numbers
 * are `asCount`; what is longer or odd is null, not cut.
 */
export type ReportedCall = {
  /** Whoever reports gives each call one id, and the same again when it is sent again. 1 to 200 printable characters. */
  readonly clientId: string;
  readonly format: ReportFormat;
  /** RFC 3339 UTC with milliseconds. */
  readonly startedAt: string;
  /** null: not told. */
  readonly endedAt: string | null;
  /** As reported: with or without a port, in any case. A URL is taken apart by the mapper. null: not told. */
  readonly host: string | null;
  /** Of no meaning where there is no host. */
  readonly hostSource: HostSource;
  /** Facts of the socket as the other program says it saw them. They raise no grade. */
  readonly socket: Partial<PeerEvidence> | null;
  /** Upper case; null: not told. Then a path stands for what POST would do there. */
  readonly method: string | null;
  /** Request path without query, from `/v1`; null: not told. */
  readonly path: string | null;
  /** Where no path is told: OpenAI's own name (`chat.completions.create`), else null. */
  readonly operation: string | null;
  readonly modelRequested: string | null;
  readonly modelAnswered: string | null;
  readonly stream: boolean;
  readonly store: Said<boolean>;
  readonly background: Said<boolean>;
  readonly serviceTier: string | null;
  /** Catalog feature ids (`toolFeature`), sorted, each once. */
  readonly featuresOffered: readonly string[];
  readonly featuresUsed: readonly string[];
  /**
   * True where the reporting program looked at the whole request and tells all of it that this type has a member for.
   * False: nothing follows from what is not told.
   */
  readonly requestRead: boolean;
  /** The same for the answer. */
  readonly answerRead: boolean;
  /** Names of request fields that use objects which the provider keeps; null: nobody looked. */
  readonly storedStateRefs: readonly string[] | null;
  readonly usage: TokenUsage;
  /** HTTP status of the answer; null: none, or not told. */
  readonly status: number | null;
  /** `error.code` of the provider's answer. Never its message. */
  readonly errorCode: string | null;
  /** How far the request got; `unknown` where that is not told. */
  readonly progress: Exclude<AttemptProgress, "refused">;
  /** Which step failed, where one did and it is told. */
  readonly failure: TransportFailure | null;
  /** Whole milliseconds to the first token of a streamed answer. */
  readonly ttftMs: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly echo: ProviderEcho;
  /** Id of the object that the answer is, e.g. `chatcmpl-…`, `resp_…`. */
  readonly providerObjectId: string | null;
  /** `x-domicile-call-id` of the answer, where the call went through our gateway. */
  readonly gatewayCallId: string | null;
  /** 32 lower-case hex digits. */
  readonly traceId: string | null;
  /** 16 lower-case hex digits. */
  readonly spanId: string | null;
  /** A name the program gives itself. The application is that of the key, whatever it says. */
  readonly statedApp: string | null;
  /** Whom the call was made for. Kept nowhere but sealed beside a commitment. */
  readonly endUser: string | null;
  /** ISO 3166 alpha-2, upper case. */
  readonly subjectCountry: string | null;
  /**
   * Where the program that reports ran, if it decrypted and passed on the call: its own word, as an instance of ours gives its
   * own. ISO 3166 alpha-2, upper case; null: not told, or it passed nothing on.
   */
  readonly relayCountry: string | null;
  /** `last_only`: the format tells only the last of several tries. */
  readonly attemptsKnown: "all" | "last_only";
  /** Why the provider ended the answer, in its own word. */
  readonly finishReason: string | null;
  /** True where the answer came from a cache of the caller's and no provider was called. */
  readonly cachedAnswer: boolean;
};

/** A report that says nothing yet. */
export const nothingReported: Omit<ReportedCall, "clientId" | "format" | "startedAt"> = {
  endedAt: null,
  host: null,
  hostSource: "log",
  socket: null,
  method: null,
  path: null,
  operation: null,
  modelRequested: null,
  modelAnswered: null,
  stream: false,
  store: { said: false },
  background: { said: false },
  serviceTier: null,
  featuresOffered: [],
  featuresUsed: [],
  requestRead: false,
  answerRead: false,
  storedStateRefs: null,
  usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null },
  status: null,
  errorCode: null,
  progress: "unknown",
  failure: null,
  ttftMs: null,
  requestBytes: null,
  responseBytes: null,
  echo: noEcho,
  providerObjectId: null,
  gatewayCallId: null,
  traceId: null,
  spanId: null,
  statedApp: null,
  endUser: null,
  subjectCountry: null,
  relayCountry: null,
  attemptsKnown: "all",
  finishReason: null,
  cachedAnswer: false,
};

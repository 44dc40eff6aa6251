import { z } from "zod";
import { isCountryCode } from "../core/regions/is-country-code.ts";
import type { Band, Verdict } from "../core/verdicts/verdict.ts";
import { line } from "./text.ts";

/** What one request to the intake may be. More is refused whole, before anything of it is recorded. */
export const intakeLimits = {
  /** As it arrives, compressed or not. */
  bodyBytesMax: 16 * 1024 * 1024,
  /** After decompression. */
  plainBytesMax: 32 * 1024 * 1024,
  recordsMax: 5_000,
  /** One record as JSON. */
  recordBytesMax: 64 * 1024,
} as const;

const token = (charsMax: number) =>
  z
    .string()
    .min(1)
    .max(charsMax)
    .regex(/^[\x21-\x7e]+$/, "It holds a blank or a character outside ASCII.");
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const milliseconds = z.number().int().min(0).max(2_147_483_647);
const tokens = z.number().int().min(0).max(2_147_483_647);
const time = z.iso.datetime({ offset: true });
/** ISO 3166-1 alpha-2, in either case. */
const country = z
  .string()
  .toUpperCase()
  .refine(isCountryCode, "It is no code of a country (ISO 3166-1). The United Kingdom is GB.");
const features = z.array(token(64)).max(32);

/**
 * One call as `POST /intake/v1/calls` and a file of NDJSON take it. Only `clientId` and `startedAt` must be there; null
 * says the same as a member that is left out. Holds no content: a member that is not named here is refused.
 */
export const intakeRecord = z.strictObject({
  /** The same when the record is sent again. */
  clientId: token(200),
  startedAt: time,
  endedAt: time.nullish(),
  /** In place of `endedAt`. */
  durationMs: milliseconds.nullish(),
  host: line.trim().min(1).max(253).nullish(),
  /** How the host is known; `log` where it is left out. */
  hostSource: z.enum(["log", "label", "default"]).nullish(),
  socket: z
    .strictObject({
      address: token(64).nullish(),
      port: z.number().int().min(1).max(65_535).nullish(),
      tlsName: token(253).nullish(),
      tlsVerified: z.boolean().nullish(),
      tlsProtocol: token(16).nullish(),
      peerKeySha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullish(),
    })
    .nullish(),
  method: z
    .string()
    .regex(/^[A-Za-z]{1,16}$/)
    .nullish(),
  path: z
    .string()
    .max(2_048)
    .regex(/^\/[\x21-\x7e]*$/)
    .nullish(),
  operation: token(64).nullish(),
  model: token(200).nullish(),
  modelAnswered: token(200).nullish(),
  stream: z.boolean().nullish(),
  store: z.boolean().nullish(),
  background: z.boolean().nullish(),
  serviceTier: token(32).nullish(),
  featuresOffered: features.nullish(),
  featuresUsed: features.nullish(),
  /** Whether the program read the whole request, and tells all of it that a record can say. */
  requestRead: z.boolean().nullish(),
  answerRead: z.boolean().nullish(),
  storedStateRefs: features.nullish(),
  usage: z
    .strictObject({
      inputTokens: tokens.nullish(),
      outputTokens: tokens.nullish(),
      cachedInputTokens: tokens.nullish(),
      reasoningTokens: tokens.nullish(),
    })
    .nullish(),
  status: z.number().int().min(100).max(599).nullish(),
  errorCode: token(128).nullish(),
  progress: z.enum(["not_sent", "partial", "sent", "unknown"]).nullish(),
  failure: z
    .enum(["dns", "address_refused", "tcp", "tls", "connect_timeout", "idle", "reset", "aborted", "protocol"])
    .nullish(),
  ttftMs: milliseconds.nullish(),
  requestBytes: count.nullish(),
  responseBytes: count.nullish(),
  echo: z
    .strictObject({
      requestId: token(128).nullish(),
      projectId: token(128).nullish(),
      organization: token(128).nullish(),
      edgeCode: token(8).nullish(),
      processingMs: milliseconds.nullish(),
      statedRegion: line.max(64).nullish(),
    })
    .nullish(),
  /** Id of the answer, e.g. `chatcmpl-…`. */
  responseId: token(128).nullish(),
  /** `x-domicile-call-id` of an answer that came through the gateway. */
  gatewayCallId: z.guid().nullish(),
  traceId: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullish(),
  spanId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullish(),
  application: line.trim().min(1).max(120).nullish(),
  endUser: line.min(1).max(256).nullish(),
  /** Of the end user: what the gateway takes in `x-domicile-subject-region`. */
  subjectCountry: country.nullish(),
  /** Where the program that reports ran, if it decrypted and passed on the call, as a proxy does. */
  relayCountry: country.nullish(),
  attempts: z.enum(["all", "last_only"]).nullish(),
  finishReason: token(40).nullish(),
  cachedAnswer: z.boolean().nullish(),
});
export type IntakeRecord = z.infer<typeof intakeRecord>;

/** Why one record was not recorded. Each has its anchor in docs/errors.md. */
export type RecordErrorCode =
  | "record_invalid"
  | "record_too_large"
  | "started_too_early"
  | "started_in_future"
  | "client_id_conflict"
  | "record_not_stored";

/** What became of one record of a request, in their order. */
export type RecordResult = {
  /** Place in the request, from 0. */
  readonly index: number;
  /** null where it could not be read. */
  readonly clientId: string | null;
  /**
   * `recorded` now. `duplicate`: it was before. `conflict`: the id was used before with other content, which stays.
   * `joined`: it speaks of a call of our own gateway's. `ignored`: it tells no call to OpenAI. `rejected`: not taken.
   */
  readonly outcome: "recorded" | "duplicate" | "conflict" | "joined" | "ignored" | "rejected";
  /** The call it is recorded as, or joined to; null where there is none (yet). */
  readonly callId: string | null;
  readonly verdict?: Verdict;
  readonly band?: Band | null;
  /** The clock of whoever reports is ahead of ours by so much. */
  readonly clockAheadMs?: number;
  /** True where the call began before the tenant's first policy, and was held against that. */
  readonly retrospective?: true;
  readonly error?: {
    readonly code: RecordErrorCode;
    readonly message: string;
    /** The record's member, in dots; absent where it is the whole. */
    readonly field?: string;
  };
};

/** Answer of `POST /intake/v1/calls`. Everything `recorded` in it is durable. */
export type IntakeAnswer = {
  readonly results: readonly RecordResult[];
  readonly counts: Readonly<Record<RecordResult["outcome"], number>>;
};

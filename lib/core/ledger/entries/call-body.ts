import type { CallEnd, CallSource, TokenUsage } from "../../calls/call-facts.ts";
import type { CallRecord, RefusalRecord, ReportMark, TimedAttempt } from "../../calls/call-record.ts";
import type { CallQuestion } from "../../verdicts/judge.ts";
import type { Judgement } from "../../verdicts/verdict.ts";
import type { CanonicalValue } from "../canonical.ts";
import { type AttemptEntry, attemptEntry, attemptsCodec } from "./attempt-codec.ts";
import { attemptsInOrder } from "./attempts-in-order.ts";
import { text } from "./cut-codec.ts";
import { EntryError } from "./entry.ts";
import { factsCodec, namedObjects, type PinEntry, pinCodec } from "./facts-codec.ts";
import {
  type FactsVersion,
  factsVersion,
  factsVersions,
  fromEarlierFacts,
  isEarlierFacts,
} from "./facts-version.ts";
import {
  asMembers,
  type CanonicalObject,
  flag,
  integer,
  nullable,
  objectOf,
  oneOf,
  optional,
  textOf,
} from "./field-codec.ts";
import {
  bandCodec,
  basisCodec,
  claimsCodec,
  type JudgementEntry,
  reasonsCodec,
  standingCodec,
  verdictCodec,
} from "./judgement-codec.ts";

/** A call as it was recorded and judged, with the hashes of what it was judged by. */
export type CallEntryInput = {
  readonly record: CallRecord;
  readonly judgement: Judgement;
  /** In the order of the record. */
  readonly attempts: readonly { readonly facts: TimedAttempt; readonly judgement: Judgement }[];
  /** The attempt that decided the verdict; null where nothing was dialled. */
  readonly deciding: TimedAttempt | null;
  readonly servedRegion: string | null;
  /** Hex, of the policy version the record names; null where it names none. */
  readonly policySha256: string | null;
  /** Hex, of the catalog version the record names. */
  readonly catalogSha256: string;
};

/** Members of a record that are not in the body: known from the log, said otherwise, or only committed to. */
type NotInBody =
  | "tenantId"
  | "policyVersion"
  | "catalogVersion"
  | "pin"
  | "attempts"
  | "clientRequestId"
  | "endUser"
  | "objectStates";

type Versioned = { readonly version: number; readonly sha256: string };

/** What an entry says of a call. Whatever is new in a record, in its facts or in a judgement must find its place here. */
export type CallBody = Omit<CallRecord, NotInBody> &
  JudgementEntry & {
    readonly factsV: FactsVersion;
    readonly pin: PinEntry;
    readonly policy: Versioned | null;
    readonly catalog: Versioned;
    readonly servedRegion: string | null;
    /** In the order of the record; where not all fit, the one that decided the verdict comes first. */
    readonly attempts: readonly AttemptEntry[];
  };

const id = text(64);
const time = text(24);
const region = nullable(text(32));
const count = nullable(integer);
const sha256 = text(64);
const refusal = nullable(objectOf<RefusalRecord>({ code: text(64), message: text(240) }));
const versioned = objectOf<Versioned>({ version: integer, sha256 });

const codec = objectOf<CallBody>({
  factsV: {
    write: (value) => value,
    read: (value, place) => {
      const known = factsVersions.find((version) => version === value);
      if (known === undefined) throw new EntryError(place, "is no version of facts this program knows.");
      return known;
    },
  },
  id,
  intent: nullable(objectOf<{ readonly bootId: string; readonly n: number }>({ bootId: id, n: integer })),
  startedAt: time,
  endedAt: nullable(time),
  source: oneOf<CallSource>({
    gateway: true,
    playground: true,
    upkeep: true,
    intake: true,
    otlp: true,
    litellm: true,
  }),
  end: oneOf<CallEnd>({
    complete: true,
    client_abort: true,
    upstream_failed: true,
    refused: true,
    unknown: true,
  }),
  keyId: nullable(id),
  applicationId: id,
  statedApp: nullable(text(120)),
  credentialId: nullable(id),
  target: text(256),
  intendedRegion: region,
  servedRegion: region,
  policy: nullable(versioned),
  catalog: versioned,
  pin: pinCodec,
  facts: factsCodec,
  attempts: attemptsCodec,
  refusal,
  wouldBlock: refusal,
  judgeVersion: integer,
  verdict: verdictCodec,
  band: bandCodec,
  basis: basisCodec,
  reasons: reasonsCodec,
  standing: standingCodec,
  claims: claimsCodec,
  hostWithinPolicy: flag,
  usage: objectOf<TokenUsage>({
    inputTokens: count,
    outputTokens: count,
    cachedInputTokens: count,
    reasoningTokens: count,
  }),
  ttftMs: count,
  requestBytes: count,
  responseBytes: count,
  bodyDigest: nullable(text(64)),
  objectsNamed: optional(namedObjects),
  providerObjectId: nullable(text(128)),
  finishReason: optional(nullable(text(40))),
  gap: optional(oneOf<"spooled">({ spooled: true })),
  reported: optional(
    objectOf<ReportMark>({
      format: oneOf<ReportMark["format"]>({ json: true, otlp: true, litellm: true, import: true }),
      hostSource: oneOf<ReportMark["hostSource"]>({ log: true, label: true, default: true, none: true }),
      retrospective: flag,
      clockAheadMs: integer,
    }),
  ),
  traceId: optional(nullable(text(32))),
});

/** The body of a call's entry, and of its late outcome's. Always fits an entry. */
export function callBody(input: CallEntryInput): CanonicalObject {
  return asMembers(codec.write(bodyOf(input)), "body");
}

/** Its canonical text. What was announced (`keepWritten`) is put together once. */
export function callBodyText(input: CallEntryInput): string {
  const text = bodyText(bodyOf(input));
  // To look into it makes one piece of it. Until then V8 holds a tree of some two hundred, and a batch has hundreds of bodies.
  if (text.charCodeAt(0) !== openBrace) throw new Error("A body is an object.");
  return text;
}

const openBrace = 0x7b;

const bodyText = textOf(codec);

function bodyOf(input: CallEntryInput): CallBody {
  const { record, judgement, policySha256 } = input;
  const { policyVersion, catalogVersion } = record;
  if ((policyVersion === null) !== (policySha256 === null))
    throw new Error(`Call ${record.id} names a policy without its hash, or a hash without its policy.`);
  const policy =
    policyVersion === null || policySha256 === null ? null : { version: policyVersion, sha256: policySha256 };
  return {
    ...record,
    ...judgement,
    factsV: factsVersion,
    policy,
    catalog: { version: catalogVersion, sha256: input.catalogSha256 },
    servedRegion: input.servedRegion,
    attempts: attemptsInOrder(input).map(attemptEntry),
  };
}

export type ReadCall = {
  readonly body: CallBody;
  /** Members that were longer than an entry holds. A call with a cut in what `judge` reads cannot be judged again. */
  readonly cuts: readonly string[];
};

/** Reads a call's body. Throws EntryError for a member, a word or a version that this program does not know. */
export function readCallBody(value: CanonicalValue): ReadCall {
  const cuts: string[] = [];
  const members = asMembers(value, "body");
  const { facts_v: said } = members;
  const current = isEarlierFacts(said) ? fromEarlierFacts(members, said) : members;
  return { body: codec.read(current, "body", cuts), cuts };
}

/**
 * What to ask `judgeCall`, with the policy and catalog of the versions and hashes that the body names. null where
 * something that `judge` reads was cut: then the verdict can only be believed.
 */
export function judgeInputs({
  body,
  cuts,
}: ReadCall): Required<Omit<CallQuestion, "policy" | "catalog" | "byJudge">> | null {
  if (cuts.some(isReadByJudge)) return null;
  const { facts, pin, intendedRegion, refusal: refused, end, source } = body;
  const attempts = body.attempts.map(({ judged: _, peer, ...evidence }) => ({
    ...evidence,
    // Committed to, and read by no step of the judgement.
    peer: peer && { ...peer, address: "" },
  }));
  // Who attested it changes a sentence and no verdict.
  const known = { ...pin, attestedBy: null };
  return { facts, attempts, pin: known, intendedRegion, refusal: refused, end, source };
}

/** Whether `judge` reads the member that was cut: then nobody can judge the call again. */
export function isReadByJudge(cut: string): boolean {
  return !/^body\.(facts\.path|target|stated_app|refusal\.message|would_block\.|facts\.tool_hosts|facts\.deployment\.name|objects_named|provider_object_id|finish_reason|trace_id)/.test(
    cut,
  );
}

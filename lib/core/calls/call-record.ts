import type { Pin } from "../policies/policy.ts";
import type { AttemptFacts } from "./attempt-facts.ts";
import type { CallEnd, CallFacts, CallSource, TokenUsage } from "./call-facts.ts";
import type { NamedObject, ObjectState } from "./provider-object.ts";
import type { HostSource, ReportFormat } from "./report-source.ts";

/**
 * Written durably before the first byte of the request leaves, and never changed.
 *
 * An intent without a recorded call is a call that may have left: the sweeper closes it.
 */
export type CallIntent = {
  readonly tenantId: string;
  readonly bootId: string;
  /** Counts up without gaps per gateway boot and tenant, from 1. */
  readonly n: number;
  readonly callId: string;
  /** RFC 3339 UTC with milliseconds; the same as the call's. */
  readonly startedAt: string;
  readonly keyId: string | null;
  readonly applicationId: string;
  readonly credentialId: string | null;
  readonly source: CallSource;
  readonly operation: string;
  readonly endpoint: string | null;
  readonly path: string;
  readonly modelRequested: string | null;
  /** What was asked for: `policy`, a region code, `global`, or a host. */
  readonly target: string;
  /** The host about to be dialled. */
  readonly host: string;
  readonly intendedRegion: string | null;
  readonly policyVersion: number;
  readonly catalogVersion: number;
  readonly relayCountry: string | null;
  readonly simulated: boolean;
};

export type TimedAttempt = AttemptFacts & { readonly startedAt: string; readonly durationMs: number | null };

/** How a call came to be known that another program tells. */
export type ReportMark = {
  readonly format: ReportFormat;
  /** `none`: no host was told. */
  readonly hostSource: HostSource | "none";
  /** True where it began before the tenant's first policy, which it is held against nevertheless. */
  readonly retrospective: boolean;
  /** By how much the clock of whoever reports was ahead of ours; 0: not, as far as that can be seen. */
  readonly clockAheadMs: number;
};

/** Why the gateway refused a call before it left. */
export type RefusalRecord = { readonly code: string; readonly message: string };

/**
 * One call as the recording verb takes it, from any door. Facts only: the verb judges.
 */
export type CallRecord = {
  readonly id: string;
  readonly tenantId: string;
  /** null for refused and imported calls, which never had an intent. */
  readonly intent: { readonly bootId: string; readonly n: number } | null;
  /** RFC 3339 UTC with milliseconds. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly source: CallSource;
  readonly keyId: string | null;
  readonly applicationId: string;
  readonly credentialId: string | null;
  readonly target: string;
  readonly intendedRegion: string | null;
  /** The version in force when the call began; null: none was. */
  readonly policyVersion: number | null;
  readonly catalogVersion: number;
  /** As known when the call began. */
  readonly pin: Pin;
  readonly facts: CallFacts;
  readonly attempts: readonly TimedAttempt[];
  readonly end: CallEnd;
  readonly refusal: RefusalRecord | null;
  /** In observe mode: what block would have refused it for. */
  readonly wouldBlock: RefusalRecord | null;
  readonly usage: TokenUsage;
  /** Time to first token: milliseconds from the request's first byte upstream to the first content of a streamed answer; null for any other. */
  readonly ttftMs: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  /** HMAC-SHA-256 of the request body under the tenant's key, hex. */
  readonly bodyDigest: string | null;
  /** Objects that the answer names as kept by the provider; absent: nobody looked. */
  readonly objectsNamed?: readonly NamedObject[];
  /** How far the objects are that the answer names. Kept with the objects alone; absent: nobody looked. */
  readonly objectStates?: readonly ObjectState[];
  /** Provider's id of the stored or returned object, e.g. `chatcmpl-…`. */
  readonly providerObjectId: string | null;
  /** Why the provider ended the answer, in its own word, e.g. `stop`; null: it said none. Absent: nobody looked. */
  readonly finishReason?: string | null;
  /** `spooled`: the evidence store was away, and the record was kept on the gateway's disk until it was back. */
  readonly gap?: "spooled";
  /** Absent: our own gateway saw the call. */
  readonly reported?: ReportMark;
  /** The caller's trace (W3C, 32 hex digits), where it names one. */
  readonly traceId?: string | null;
  /** The request id the client sent, if it sent one. */
  readonly clientRequestId: string | null;
  /** A name the client gives itself in `x-domicile-app`. The application is that of the key, whatever it says. */
  readonly statedApp: string | null;
  /** Whom the call is made for, in `x-domicile-end-user`. Kept nowhere but sealed beside a commitment. */
  readonly endUser: string | null;
};

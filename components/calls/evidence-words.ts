import type { AttemptProgress, TransportFailure } from "../../lib/core/calls/attempt-facts.ts";
import type { CallEnd, CallSource } from "../../lib/core/calls/call-facts.ts";
import type { ReportMark } from "../../lib/core/calls/call-record.ts";
import type { Grade, LocationClaim } from "../../lib/core/calls/evidence.ts";
import type { Pin } from "../../lib/core/policies/policy.ts";
import { formatInstant } from "../ui/format-time.ts";
import { regionName } from "../ui/region-name.tsx";

/** The location claims as an officer reads them. None says where a model ran. */
export const claimWords: Readonly<Record<LocationClaim, { readonly title: string; readonly asks: string }>> =
  {
    relay: { title: "Relay", asks: "Our gateway, which decrypted the call" },
    ingress: { title: "Ingress", asks: "The provider's end of the connection" },
    inference: { title: "Inference", asks: "What the provider commits to" },
    handling: { title: "Handling", asks: "Files, batches, indexing" },
    storage: { title: "Storage", asks: "What is kept at rest" },
    system_data: { title: "System data", asks: "Account, usage, billing" },
  };

/** How we know, strongest first. */
export const gradeWords: Readonly<
  Record<Grade, { readonly source: string; readonly says: string; readonly doesNotSay: string }>
> = {
  A: {
    source: "Provider's receipt for this request",
    says: "The provider states the place.",
    doesNotSay: "Where copies kept for abuse monitoring are. OpenAI gives no such receipt.",
  },
  B: {
    source: "Provider's echo in the answer",
    says: "The provider's statement at the time.",
    doesNotSay: "Anything about processing that the provider spreads over regions.",
  },
  C: {
    source: "We dialled the documented host ourselves",
    says: "It went to the endpoint the documents cover: exact name, verified TLS, no redirect.",
    doesNotSay: "Anything past the provider's edge.",
  },
  D: {
    source: "A log names the host",
    says: "What that software says it dialled.",
    doesNotSay: "That it did.",
  },
  E: {
    source: "A label, a default or a configuration",
    says: "Someone said so.",
    doesNotSay: "Everything else.",
  },
};

export const endWords: Readonly<Record<CallEnd, string>> = {
  complete: "Answered in full",
  client_abort: "The application went away before the end",
  upstream_failed: "The provider's side failed",
  refused: "Refused by the gateway",
  unknown: "No end was recorded",
};

export const progressWords: Readonly<Record<AttemptProgress, string>> = {
  refused: "Stopped before one byte left",
  not_sent: "Nothing was written to the provider",
  partial: "Part of the request was written",
  sent: "The whole request was written",
  unknown: "Not known how much was written; no end was recorded",
};

export const failureWords: Readonly<Record<TransportFailure, string>> = {
  dns: "The name could not be resolved",
  address_refused: "The address is not one we may dial",
  tcp: "No connection",
  tls: "TLS failed: the peer could not prove its name",
  connect_timeout: "The connection took too long",
  idle: "The provider stopped answering",
  reset: "The connection was reset",
  aborted: "Ended because the application went away",
  protocol: "The answer was not readable HTTP",
};

/** How whoever reports a call knows its host. */
export const hostSourceWords: Readonly<Record<ReportMark["hostSource"], string>> = {
  log: "A log that names it",
  label: "A label or a setting",
  default: "A field that is filled whether anybody knows or not",
  none: "No host was told",
};

export const sourceWords: Readonly<Record<CallSource, string>> = {
  gateway: "Gateway",
  playground: "Playground",
  upkeep: "Domicile itself",
  intake: "Intake",
  otlp: "OpenTelemetry",
  litellm: "LiteLLM log",
};

const pinKindWords: Readonly<Record<Pin["kind"], string>> = {
  processing: "Pinned for processing",
  storage_only: "Pinned for storage only",
  global: "Global project, not pinned",
  unknown: "Not known",
};

const pinSourceWords: Readonly<Record<Pin["source"], string>> = {
  admin_api: "provider's admin API",
  probe: "probe",
  attestation: "attestation",
  none: "no source",
};

/** What the project behind the key is bound to, and how that is known; dates as UTC days. */
export function pinWords(pin: Pin): string {
  if (pin.kind === "unknown") return "Not known: nobody has attested what the project is pinned to";
  const what =
    pin.region === null ? pinKindWords[pin.kind] : `${pinKindWords[pin.kind]}: ${regionName(pin.region)}`;
  const how =
    pin.attestedBy === null
      ? pinSourceWords[pin.source]
      : `${pinSourceWords[pin.source]} by ${pin.attestedBy}`;
  return pin.since === null
    ? `${what} (${how})`
    : `${what} (${how}, since ${formatInstant(pin.since, "day")})`;
}

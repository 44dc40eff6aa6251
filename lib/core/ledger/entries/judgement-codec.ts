import type { ClaimEvidence, Grade, LocationClaim } from "../../calls/evidence.ts";
import type { Band, Basis, Judgement, Reason, StandingCause, Verdict } from "../../verdicts/verdict.ts";
import { listOf, text } from "./cut-codec.ts";
import { type FieldCodec, nullable, objectOf, oneOf } from "./field-codec.ts";
import { onceIfKept, onceIfRead } from "./kept-codec.ts";

/**
 * A claim with its grade. Its sentence is not in the entry: it follows from the facts, and `judge` says it again for
 * whoever judges again.
 */
export type ClaimEntry = Pick<ClaimEvidence, "claim" | "value" | "grade">;

/** What was judged of a call, as it stands in the entry. */
export type JudgementEntry = Omit<Judgement, "claims"> & { readonly claims: readonly ClaimEntry[] };

export const verdictCodec: FieldCodec<Verdict> = oneOf<Verdict>({
  compliant: true,
  violation: true,
  unverifiable: true,
  blocked: true,
  not_applicable: true,
});

export const bandCodec: FieldCodec<Band | null> = nullable(
  oneOf<Band>({ in_region: true, permitted: true, unverifiable: true, outside: true, stopped: true }),
);

export const basisCodec: FieldCodec<Basis> = oneOf<Basis>({ observed: true, reported: true, none: true });

export const gradeCodec: FieldCodec<Grade> = oneOf<Grade>({ A: true, B: true, C: true, D: true, E: true });

const reason = oneOf<Reason>({
  host_out_of_region: true,
  host_unknown: true,
  host_lookalike: true,
  host_unclassified: true,
  attempted_egress: true,
  relay_out_of_region: true,
  storage_only_region: true,
  model_not_eligible: true,
  endpoint_not_eligible: true,
  endpoint_unlisted: true,
  service_tier_not_eligible: true,
  feature_out_of_region: true,
  third_party_tool: true,
  no_regional_handling: true,
  resource_born_elsewhere: true,
  resource_birth_unknown: true,
  redirect_refused: true,
  subject_region_mismatch: true,
  provider_echo_mismatch: true,
  provider_global_profile: true,
  edge_anomaly: true,
  scope_unknown: true,
  pin_unknown: true,
  pin_storage_only: true,
  evidence_too_weak: true,
  content_path_not_observed: true,
  last_attempt_only: true,
  policy_missing: true,
  never_sent: true,
  no_provider_call: true,
  no_content: true,
  blocked_by_policy: true,
});

/** Room for twenty reasons of the longest name; more than a call can have. */
export const reasonsCodec: FieldCodec<readonly Reason[]> = listOf(reason, {
  bytesMax: 600,
  itemBytesMax: 28,
});

const standing = listOf(
  oneOf<StandingCause>({
    project_not_pinned: true,
    project_not_set_up: true,
    log_frozen: true,
    observe_ending: true,
    evidence_gap: true,
  }),
  { bytesMax: 150, itemBytesMax: 28 },
);

/** "AT BE BG": a jurisdiction may have many countries, and a call names it several times. */
const countries = text(200);

const claim = objectOf<ClaimEntry>({
  claim: oneOf<LocationClaim>({
    relay: true,
    ingress: true,
    inference: true,
    handling: true,
    storage: true,
    system_data: true,
  }),
  value: {
    write: (value) => (value === "undetermined" ? value : countries.write(value.join(" "))),
    read: (value, place, cuts) => {
      if (value === "undetermined") return value;
      const codes = countries.read(value, place, cuts);
      return codes === "" ? [] : codes.split(" ");
    },
  },
  grade: nullable(gradeCodec),
});

export const standingCodec: FieldCodec<readonly StandingCause[]> = standing;

export const claimsCodec: FieldCodec<readonly ClaimEntry[]> = onceIfRead(
  onceIfKept(listOf(claim, { bytesMax: 1_900, itemBytesMax: 310 })),
);

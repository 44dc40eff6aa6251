import type { CredentialSummary, PinSummary } from "../../contracts/tenants.ts";
import type { PinRow } from "../../db/pin.ts";
import { parseUpstream } from "./parse-upstream.ts";

type VisibleCredential = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly projectId: string | null;
  readonly hosts: readonly string[];
  readonly upstream: unknown;
  readonly replaces: string | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
};

/** A credential as pages show it, with what is known of its project and who recorded that. */
export function credentialSummary(
  row: VisibleCredential,
  pin?: PinRow,
  recordedBy: string | null = null,
): CredentialSummary {
  return {
    id: row.id,
    label: row.label,
    hint: row.hint,
    projectId: row.projectId,
    hosts: row.hosts,
    upstream: parseUpstream(row.upstream),
    replaces: row.replaces,
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    // Who was signed in is known of a person's word alone.
    pin: pin ? pinSummary(pin, pin.source === "attestation" ? recordedBy : null) : unknown,
  };
}

function pinSummary(pin: PinRow, recordedBy: string | null): PinSummary {
  const { kind, region, source, since, attestedBy, statement } = pin;
  return { kind, region, source, since, attestedBy, statement, recordedBy };
}

const unknown: PinSummary = {
  kind: "unknown",
  region: null,
  source: "none",
  since: null,
  attestedBy: null,
  statement: null,
  recordedBy: null,
};

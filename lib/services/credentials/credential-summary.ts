import type { CredentialSummary, PinSummary } from "../../contracts/tenants.ts";
import type { PinRow } from "../../db/pin.ts";

type VisibleCredential = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly projectId: string | null;
  readonly hosts: readonly string[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
};

/** A credential as pages show it, with what is known of its project. */
export function credentialSummary(row: VisibleCredential, pin: PinRow | undefined): CredentialSummary {
  return {
    id: row.id,
    label: row.label,
    hint: row.hint,
    projectId: row.projectId,
    hosts: row.hosts,
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    pin: pin ? pinSummary(pin) : unknown,
  };
}

function pinSummary({ kind, region, source, since, attestedBy, statement }: PinRow): PinSummary {
  return { kind, region, source, since, attestedBy, statement };
}

const unknown: PinSummary = {
  kind: "unknown",
  region: null,
  source: "none",
  since: null,
  attestedBy: null,
  statement: null,
};

import type { CredentialSummary, PinSummary } from "../../contracts/tenants.ts";
import type { PinRow, SourcePin } from "../../db/pin.ts";
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

export type KnownOfProject = {
  readonly pin?: PinRow | undefined;
  /** Who was signed in when a person last said what the project is bound to. */
  readonly recordedBy?: string | undefined;
  /** The provider's own newest word. */
  readonly provider?: SourcePin | undefined;
};

/** A credential as pages show it, with what is known of its project and who recorded that. */
export function credentialSummary(
  row: VisibleCredential,
  { pin, recordedBy, provider }: KnownOfProject = {},
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
    pin: pin ? pinSummary(pin, recordedBy, provider) : unknown,
  };
}

function pinSummary(pin: PinRow, recorder?: string, provider?: SourcePin): PinSummary {
  const { kind, region, source, since, attestedBy, statement } = pin;
  // Who was signed in is known of a person's word alone.
  const recordedBy = source === "attestation" ? (recorder ?? null) : null;
  const overrides = source === "admin_api" ? null : otherWord(pin, provider);
  return { kind, region, source, since, attestedBy, statement, recordedBy, overrides };
}

/** The provider's word, where the pin is another than it says. */
export function otherWord(
  pin: Pick<PinSummary, "kind" | "region">,
  provider: SourcePin | undefined,
): PinSummary["overrides"] {
  if (!provider || (provider.kind === pin.kind && provider.region === pin.region)) return null;
  const { kind, region, statedAt } = provider;
  return { kind, region, statedAt: statedAt.toISOString() };
}

const unknown: PinSummary = {
  kind: "unknown",
  region: null,
  source: "none",
  since: null,
  attestedBy: null,
  statement: null,
  recordedBy: null,
  overrides: null,
};

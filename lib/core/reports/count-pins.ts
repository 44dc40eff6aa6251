import type { DetailValue } from "../ledger/entries/detail-codec.ts";
import type { EventBody } from "../ledger/entries/event-body.ts";
import type { Pin, PinKind } from "../policies/policy.ts";
import { appendRows, listRow } from "./first-rows.ts";

/** That a project behind a key is bound to something, and how that is known. */
export type PinStatement = {
  readonly index: number;
  readonly at: string;
  readonly credential: string;
  readonly source: Exclude<Pin["source"], "none">;
  readonly kind: PinKind;
  readonly region: string | null;
  /** The provider's id of the project, and the word it has for it; null: not told with the pin. */
  readonly project: string | null;
  readonly residency: string | null;
};

/** What the provider says of a project, in its own words; null: it says nothing, or it is not readable. */
export type ProjectStatement = {
  readonly index: number;
  readonly at: string;
  readonly project: string;
  readonly status: string | null;
  readonly residency: string | null;
  readonly retention: string | null;
  readonly organization_retention: string | null;
};

/** What some entries say of what projects are bound to; the first ones, in their order. */
export type PinTables = {
  readonly statements: PinStatement[];
  statementCount: number;
  readonly projects: ProjectStatement[];
  projectCount: number;
};

export const emptyPins = (): PinTables => ({
  statements: [],
  statementCount: 0,
  projects: [],
  projectCount: 0,
});

/** Event by which a pin is stated, and what stands behind it. */
const sources: ReadonlyMap<string, PinStatement["source"]> = new Map([
  ["pin.read", "admin_api"],
  ["pin.probed", "probe"],
  ["pin.attested", "attestation"],
]);
const projectStated = "project.stated";

/** Adds an event of the period. A probe that settled nothing states no pin. */
export function countPins(tables: PinTables, index: number, event: EventBody): void {
  const { kind, happenedAt: at, subject, detail } = event;
  const source = sources.get(kind);
  if (source !== undefined && isPinKind(detail.kind)) {
    tables.statementCount += 1;
    const { kind: stated } = detail;
    listRow(tables.statements, () => ({
      index,
      at,
      credential: subject,
      source,
      kind: stated,
      region: textOf(detail.region),
      project: textOf(detail.projectId),
      residency: textOf(detail.residency),
    }));
  }
  if (kind !== projectStated) return;
  tables.projectCount += 1;
  listRow(tables.projects, () => ({
    index,
    at,
    project: subject,
    status: textOf(detail.status),
    residency: textOf(detail.residency),
    retention: textOf(detail.retention),
    organization_retention: textOf(detail.organizationRetention),
  }));
}

/** Puts what later entries say behind what earlier ones did. */
export function mergePins(into: PinTables, next: PinTables): void {
  appendRows(into.statements, next.statements);
  into.statementCount += next.statementCount;
  appendRows(into.projects, next.projects);
  into.projectCount += next.projectCount;
}

const kinds: Readonly<Record<PinKind, true>> = {
  processing: true,
  storage_only: true,
  global: true,
  unknown: true,
};

function isPinKind(value: DetailValue | undefined): value is PinKind {
  return typeof value === "string" && Object.hasOwn(kinds, value);
}

const textOf = (value: DetailValue | undefined): string | null => (typeof value === "string" ? value : null);

import type { Basis, FindingCause } from "../verdicts/verdict.ts";

export type FindingParts = {
  readonly tenantId: string;
  readonly cause: FindingCause;
  readonly host: string | null;
  readonly model: string | null;
  readonly applicationId: string | null;
  readonly basis: Basis;
  /** The provider's project, of a case that is about one; absent: of every other. */
  readonly projectId?: string;
};

/**
 * One key per tenant, cause, host, model, application and basis, and project where it is about one: what has the same key is one case.
 * An absent part and an empty one are different, and no part can run into the next.
 */
export function findingKey(parts: FindingParts): string {
  return JSON.stringify([
    parts.tenantId,
    parts.cause,
    parts.host,
    parts.model,
    parts.applicationId,
    parts.basis,
    ...(parts.projectId === undefined ? [] : [parts.projectId]),
  ]);
}

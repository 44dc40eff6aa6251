import type { LegalHoldSummary } from "../../contracts/retention.ts";
import type { listLegalHolds } from "../../db/retention.ts";

type HoldRow = Awaited<ReturnType<typeof listLegalHolds>>[number];

/** A hold with what was asked about it. It is lifted by an approved request and by nothing else. */
export function holdSummary(hold: HoldRow, now: Date): LegalHoldSummary {
  const lifted = hold.requests.find(({ decision }) => decision?.outcome === "approved");
  return {
    id: hold.id,
    name: hold.name,
    reason: hold.reason,
    placedBy: hold.placedBy,
    placedAt: hold.placedAt.toISOString(),
    liftedAt: lifted?.decision?.decidedAt.toISOString() ?? null,
    liftWaits: hold.requests.some(({ decision, expiresAt }) => decision === null && expiresAt > now),
  };
}

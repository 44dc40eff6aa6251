import type { CatalogProposalSummary, TenantReach } from "../../contracts/catalog.ts";
import type { ProposalState } from "../../contracts/policies.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { completeCatalog, type KeptCatalog } from "../../core/regions/complete-catalog.ts";
import {
  type CatalogProposalRow,
  catalogOfProposal,
  newestCatalogProposals,
} from "../../db/catalog-proposal.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { type CatalogEffect, catalogEffect } from "./catalog-effect.ts";
import { currentVersion } from "./current-catalog.ts";

const proposalsMax = 50;

/** Catalogs that wait for a second administrator, and the last ones decided; newest first. */
export async function listCatalogProposals(
  actor: Actor,
  now = new Date(),
): Promise<CatalogProposalSummary[]> {
  const { personId, deploymentAdmin } = personOf(actor);
  const newest = await currentVersion();
  const current = await catalogOf(newest.version);
  const rows = await newestCatalogProposals(proposalsMax);
  return Promise.all(
    rows.map(async (row) => {
      const state = stateOf(row, newest.version, now);
      const effect = state === "waiting" ? await effectOf(row.id, current, now) : null;
      return {
        id: row.id,
        basedOn: row.basedOn,
        origin: row.origin,
        edition: row.edition,
        reason: row.reason,
        requestedBy: row.requestedBy,
        requestedAt: row.requestedAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        state,
        decision:
          row.decidedAt === null
            ? null
            : { by: row.decidedBy ?? "", at: row.decidedAt.toISOString(), note: row.note },
        isMine: row.requestedById === personId,
        widening: row.widening,
        preview: effect && { changes: effect.changes, reach: reachFor(deploymentAdmin, effect) },
      };
    }),
  );
}

/** Whose calls it is about only administrators of the deployment may know. */
export function reachFor(namesTenants: boolean, { reach }: Pick<CatalogEffect, "reach">): TenantReach[] {
  return reach.map(({ tenant, hosts }) => ({ tenant: namesTenants ? tenant : null, hosts }));
}

async function effectOf(id: string, current: Catalog, now: Date): Promise<CatalogEffect | null> {
  const body = await catalogOfProposal(id);
  return body === null ? null : catalogEffect(current, completeCatalog(body as KeptCatalog), now);
}

function stateOf(
  { outcome, expiresAt, basedOn }: CatalogProposalRow,
  newest: number,
  now: Date,
): ProposalState {
  if (outcome !== null) return outcome;
  if (expiresAt <= now) return "expired";
  return basedOn === newest ? "waiting" : "overtaken";
}

import type { DecisionOutcome } from "../core/decision-outcome.ts";
import type { CatalogOrigin } from "./catalog-version.ts";
import type { DecisionRow } from "./decision.ts";
import { type PrismaTransaction, querySql } from "./with-tenant.ts";

export type NewCatalogProposal = {
  readonly id: string;
  readonly basedOn: number;
  readonly origin: Exclude<CatalogOrigin, "shipped">;
  readonly edition: number;
  /** Canonical JSON. */
  readonly body: string;
  readonly sha256: string;
  readonly reason: string;
  readonly widening: readonly string[];
  readonly requestedBy: string;
  readonly requestedById: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
};

/** Read by listCatalogProposals: a catalog that waits for a second person. */
export async function insertCatalogProposal(tx: PrismaTransaction, row: NewCatalogProposal): Promise<void> {
  const { body, widening, ...rest } = row;
  await tx.catalogProposal.createMany({
    data: [{ ...rest, body: JSON.parse(body), widening: [...widening] }],
  });
}

/** Read by the verbs that decide: one proposal with what became of it. */
export async function findCatalogProposal(tx: PrismaTransaction, id: string) {
  return tx.catalogProposal.findFirst({ where: { id }, include: { decision: true } });
}

export type CatalogProposalRow = Omit<NewCatalogProposal, "body" | "sha256"> & {
  readonly outcome: DecisionOutcome | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly note: string | null;
};

/** Read by listCatalogProposals: the newest with what became of them, without their catalogs. */
export async function newestCatalogProposals(limit: number): Promise<CatalogProposalRow[]> {
  return querySql<CatalogProposalRow>(
    `SELECT p.id, p.based_on AS "basedOn", p.origin, p.edition, p.reason, p.widening, p.requested_by AS "requestedBy",
            p.requested_by_id AS "requestedById", p.requested_at AS "requestedAt", p.expires_at AS "expiresAt",
            d.outcome, d.decided_by AS "decidedBy", d.decided_at AS "decidedAt", d.note
       FROM catalog_proposal p LEFT JOIN catalog_decision d ON d.proposal_id = p.id
      ORDER BY p.requested_at DESC LIMIT $1`,
    [limit],
  );
}

export type WaitingCatalog = Pick<
  CatalogProposalRow,
  "id" | "requestedBy" | "requestedById" | "requestedAt" | "expiresAt"
>;

/** Read by listWaiting: what stands on this version and waits for a second person. */
export async function catalogsWaiting(basedOn: number, now: Date): Promise<WaitingCatalog[]> {
  return querySql<WaitingCatalog>(
    `SELECT p.id, p.requested_by AS "requestedBy", p.requested_by_id AS "requestedById",
            p.requested_at AS "requestedAt", p.expires_at AS "expiresAt"
       FROM catalog_proposal p
      WHERE p.based_on = $1 AND p.expires_at > $2
        AND NOT EXISTS (SELECT FROM catalog_decision d WHERE d.proposal_id = p.id) LIMIT 50`,
    [basedOn, now],
  );
}

/** Read by listCatalogProposals: the catalog of one that waits. */
export async function catalogOfProposal(id: string): Promise<unknown> {
  const [row] = await querySql<{ body: unknown }>("SELECT body FROM catalog_proposal WHERE id = $1", [id]);
  return row?.body ?? null;
}

export type NewCatalogDecision = DecisionRow & {
  readonly proposalId: string;
  readonly requestedById: string;
};

/** Read by listCatalogProposals. The store refuses a second one, and a requester who approves. */
export async function insertCatalogDecision(tx: PrismaTransaction, row: NewCatalogDecision): Promise<void> {
  await tx.catalogDecision.createMany({ data: [row] });
}

import type { RetentionBook, RetentionPreview, RetentionRequestSummary } from "../../contracts/retention.ts";
import type { DecisionOutcome } from "../../core/decision-outcome.ts";
import { type RetentionPresetId, retentionPresets } from "../../core/retention/presets.ts";
import { listPrunes } from "../../db/ledger-prune.ts";
import {
  callsBefore,
  entriesByMonth,
  isOnHold,
  listLegalHolds,
  newestRetentionRequests,
  retentionInForce,
} from "../../db/retention.ts";
import { readTenantsSql, sqlOf, withTenant } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { decisionSummary } from "../decisions/decision-summary.ts";
import { tenantHead } from "../tenants/tenant-head.ts";
import { expiryOf } from "./expiry.ts";
import { holdSummary } from "./hold-summary.ts";

const requestsMax = 100;

/** What is kept of a tenant and since when, what holds it, what was asked, and what went. */
export async function getRetention(actor: Actor, tenant: string, now = new Date()): Promise<RetentionBook> {
  const found = await tenantFor(actor, "retention:read", tenant);
  const { tenantId } = found;
  const head = await tenantHead(found);
  const personId = actor.kind === "person" ? actor.personId : null;
  return withTenant({ read: [tenantId], write: null }, async (tx) => {
    const sql = sqlOf(tx);
    const policy = await retentionInForce(sql, tenantId);
    const requests = await newestRetentionRequests(tx, tenantId, requestsMax);
    return {
      tenant: head,
      inForce: {
        preset: (policy?.preset ?? "keep") as RetentionPresetId,
        decided: policy && {
          by: policy.requestedBy,
          approvedBy: policy.approvedBy,
          at: policy.since.toISOString(),
        },
        before: expiryOf(policy?.months ?? null, now)?.toISOString() ?? null,
      },
      onHold: await isOnHold(sql, tenantId),
      holds: (await listLegalHolds(tx, tenantId)).map((hold) => holdSummary(hold, now)),
      requests: requests.map((request) => requestSummary(request, personId, now)),
      prunes: (await listPrunes(sql, tenantId)).map(
        ({ before, at, root, entryEpoch, entryIndex, ...rest }) => ({
          ...rest,
          before: before.toISOString(),
          at: at.toISOString(),
          rootAtTo: root,
          ledger: { epoch: entryEpoch, index: entryIndex },
        }),
      ),
    };
  });
}

/** What would go under a period now: entries by month of recording, and calls. Deletes nothing. */
export async function previewRetention(
  actor: Actor,
  { tenant, preset }: { readonly tenant: string; readonly preset: RetentionPresetId },
  now = new Date(),
): Promise<RetentionPreview> {
  const { tenantId } = await tenantFor(actor, "retention:read", tenant);
  const before = expiryOf(retentionPresets[preset].months, now);
  if (before === null) return { preset, before: null, months: [], entries: 0, calls: 0 };
  return readTenantsSql([tenantId], async (sql) => {
    const months = await entriesByMonth(sql, tenantId, before);
    return {
      preset,
      before: before.toISOString(),
      months: months.map(({ month, entries }) => ({ month: month.toISOString().slice(0, 7), entries })),
      entries: months.reduce((sum, { entries }) => sum + entries, 0),
      calls: await callsBefore(sql, tenantId, before),
    };
  });
}

type RequestRow = Awaited<ReturnType<typeof newestRetentionRequests>>[number];

function requestSummary(row: RequestRow, personId: string | null, now: Date): RetentionRequestSummary {
  const { decision } = row;
  return {
    id: row.id,
    kind: row.kind as RetentionRequestSummary["kind"],
    state: decision ? (decision.outcome as DecisionOutcome) : row.expiresAt <= now ? "expired" : "waiting",
    preset: row.preset as RetentionPresetId | null,
    hold: row.hold?.name ?? null,
    reference: row.reference,
    basis: row.basis,
    reason: row.reason,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    decision: decisionSummary(decision),
    isMine: personId === row.requestedById,
    erasures: (decision?.erasures ?? [])
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .map(({ at, openings, listSha256, entryEpoch, entryIndex }) => ({
        at: at.toISOString(),
        openings,
        listSha256,
        ledger: { epoch: entryEpoch, index: Number(entryIndex) },
      })),
  };
}

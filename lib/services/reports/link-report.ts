import { randomBytes } from "node:crypto";
import type { ReportLink, ReportPart } from "../../contracts/reports.ts";
import { findReport } from "../../db/report.ts";
import { insertLink } from "../../db/report-link.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { isUuid, personOf, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { demandConfirmed } from "../confirmation/demand-confirmed.ts";
import { Refusal } from "../refusal.ts";
import { filesOfPart } from "./report-item.ts";
import { tokenHash } from "./token-hash.ts";

const livesMs = 60_000;

/**
 * A link for one download of a pack, or of a part of it: for this person in this session, once, within a minute. Only its
 * hash is kept; what is recorded is the download.
 */
export async function linkReport(
  actor: Actor,
  { id, part }: { readonly id: string; readonly part: ReportPart },
  now: Date = new Date(),
): Promise<ReportLink> {
  const person = personOf(actor);
  const tenantIds = (await tenantsFor(actor, "report:build", undefined)).map(({ tenantId }) => tenantId);
  if (!isUuid(id) || tenantIds.length === 0) throw noReport();
  const report = await withTenantSql({ read: tenantIds, write: null }, (sql) =>
    findReport(sql, tenantIds, id),
  );
  if (!report) throw noReport();
  if (report.state !== "ready" || report.droppedAt !== null)
    throw new Refusal("conflict", "There is no pack of this report. It is not ready, or its time is over.");
  demandConfirmed(actor, "report.linked");
  if (part !== "pack" && filesOfPart(part, report.files ?? []).length === 0)
    throw new Refusal("not_found", "There is no such file in this pack.");
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + livesMs);
  await withTenantSql(tenantScope(report.tenantId), (sql) =>
    insertLink(sql, {
      tenantId: report.tenantId,
      tokenHash: tokenHash(token),
      reportId: id,
      file: part === "pack" ? null : part,
      personId: person.personId,
      sessionId: person.sessionId,
      madeAt: now,
      expiresAt,
    }),
  );
  return { href: `/api/reports/download/${token}`, expiresAt: expiresAt.toISOString() };
}

const noReport = () => new Refusal("not_found", "There is no such report.");

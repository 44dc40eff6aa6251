import { v7 } from "uuid";
import { daysClean } from "../../core/findings/effectiveness.ts";
import { findingKey } from "../../core/findings/finding-key.ts";
import { severity, undeclared } from "../../core/findings/severity.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { Policy } from "../../core/policies/policy.ts";
import type { FindingCause } from "../../core/verdicts/verdict.ts";
import {
  addToCounters,
  findingsByKey,
  insertFindingEvents,
  insertFindings,
  type KnownFinding,
  lastToldAt,
  reopenFindings,
  resolveFindings,
} from "../../db/finding.ts";
import { newestPolicies, type PolicyRow } from "../../db/policy-version.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { allTenantIds, findTenantById } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { appendFindingEvent } from "../findings/append-finding-event.ts";
import { forEachTenant } from "../jobs/create-turns.ts";

/** A case of a tenant's that comes with a day of its newest policy. Its steps stand in its history and in the tenant's log. */
export type PolicyCase = {
  readonly newest: PolicyRow;
  readonly policy: Policy;
  readonly known: KnownFinding | undefined;
  /** When it was last told of in the case; null: never. */
  readonly toldAt: () => Promise<Date | null>;
  /** Says something in a case that is open. */
  readonly say: (note: string) => Promise<void>;
  /** Opens it, or opens it again. */
  readonly open: (note: string) => Promise<void>;
  /** Closes it by itself. */
  readonly close: (note: string) => Promise<void>;
};

/** Looks at every tenant's case of a cause, under the lock of the tenant's log. Answers how many were opened and closed. */
export async function watchPolicies(
  cause: FindingCause,
  now: Date,
  look: (policyCase: PolicyCase) => Promise<"opened" | "closed" | null>,
): Promise<{ opened: number; closed: number }> {
  const counts = { opened: 0, closed: 0 };
  await forEachTenant(await allTenantIds(), async (tenantId) => {
    const step = await lookAt(tenantId, cause, now, look);
    if (step !== null) counts[step] += 1;
  });
  return counts;
}

async function lookAt(
  tenantId: string,
  cause: FindingCause,
  now: Date,
  look: (policyCase: PolicyCase) => Promise<"opened" | "closed" | null>,
): Promise<"opened" | "closed" | null> {
  const tenant = await findTenantById(tenantId);
  if (!tenant) return null;
  const subject = { host: null, model: null, applicationId: null, basis: "none" } as const;
  const groupKey = findingKey({ tenantId, cause, ...subject });
  return withTenantSql(tenantScope(tenantId), async (sql) => {
    // crash: the lock first, as in recording, so that a finding has one writer per tenant.
    await lockRecording(sql, tenantId);
    const [newest] = await newestPolicies(sql, tenantId, 1);
    if (!newest) return null;
    const [known] = await findingsByKey(sql, tenantId, [groupKey]);
    const at = now.toISOString();
    const write = async (
      findingId: string,
      kind: "opened" | "reopened" | "resolved" | "commented",
      note: string,
      daysClean: number | null = null,
    ) => {
      const resolution = kind === "resolved" ? "config_fix" : null;
      const event = { tenantId, findingId, id: v7(), at, actor: "Domicile", kind };
      await insertFindingEvents(sql, [{ ...event, note, resolution, daysClean }]);
      const detail = { note, ...(resolution === null ? {} : { to: "resolved", resolution }) };
      await appendFindingEvent(sql, tenantId, { findingId, cause, kind, job: "policies", detail }, now);
    };
    const seen = (findingId: string) =>
      addToCounters(sql, tenantId, [{ findingId, calls: 0, firstSeenAt: at, lastSeenAt: at }]);
    return look({
      newest,
      policy: parsePolicy(newest.body),
      known,
      toldAt: async () => (known ? lastToldAt(sql, tenantId, known.id) : null),
      say: async (note) => {
        if (known) await write(known.id, "commented", note);
      },
      open: async (note) => {
        if (known) {
          const { id, resolvedAt } = known;
          await reopenFindings(sql, tenantId, [id]);
          await seen(id);
          const clean = resolvedAt && daysClean(resolvedAt.getTime(), now.getTime());
          return write(id, "reopened", note, clean);
        }
        const id = v7();
        await insertFindings(sql, [
          {
            ...{ tenantId, id, groupKey, cause, ...subject, application: null, state: "open" },
            simulated: tenant.mode === "simulated",
            severity: severity(cause, undeclared),
            openedAt: at,
          },
        ]);
        await seen(id);
        await write(id, "opened", note);
      },
      close: async (note) => {
        if (!known) return;
        await resolveFindings(sql, tenantId, [known.id], "config_fix", at);
        await write(known.id, "resolved", note);
      },
    });
  });
}

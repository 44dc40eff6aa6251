import { exceptionName } from "../../core/findings/exception.ts";
import { exceptionsToEnd, findException, insertExceptionEnd } from "../../db/finding-exception.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { withTenant } from "../../db/with-tenant.ts";
import { isUuid, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { changeFinding } from "../findings/change-finding.ts";
import { requireFinding } from "../findings/get-finding.ts";
import { createTurns } from "../jobs/create-turns.ts";
import { type MutationContext, type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import type { ExceptionDecision } from "./decide-exception.ts";

type Ending = { readonly tenant: string; readonly exceptionId: string; readonly note: string };

const end = mutation<Ending, void>({
  permission: "finding:work",
  event: "exception.ended",
  changesConfig: false,
  run: (context, input) => endIt(context, context.tenant.tenantId, input, "ended"),
});

const expire = mutation<Ending, void>({
  permission: "finding:work",
  event: "exception.expired",
  changesConfig: false,
  run: (context, input) => endIt(context, context.tenant.tenantId, input, "expired"),
});

/** Somebody ends an acceptance before its day. The case is open again. */
export async function endException(
  actor: Actor,
  input: ExceptionDecision,
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<void> {
  const { tenant } = await requireFinding(
    await tenantsFor(actor, "finding:read", options.tenant),
    input.findingId,
  );
  await end(actor, { ...input, tenant: tenant.tenantId }, options);
}

/** Ends every acceptance whose day has come; their cases are open again. Safe to repeat. Answers how many. */
export async function endExpired(now: Date): Promise<number> {
  const job: Actor = { kind: "system", job: "end-exceptions" };
  let ended = 0;
  const turns = createTurns();
  const tenantIds = await allTenantIds();
  await turns.each(
    tenantIds,
    (tenantId) => tenantId,
    async (tenantId) => {
      const due = await withTenant({ read: [tenantId], write: null }, (tx) =>
        exceptionsToEnd(tx, tenantId, now),
      );
      await turns.each(
        due,
        ({ id }) => id,
        async ({ id }) => {
          await expire(job, { tenant: tenantId, exceptionId: id, note: "" }, { at: now });
          ended += 1;
        },
      );
    },
  );
  turns.end();
  return ended;
}

async function endIt(
  context: MutationContext,
  tenantId: string,
  { exceptionId, note }: Ending,
  why: "ended" | "expired",
) {
  const { tx, actorName, at } = context;
  const row = isUuid(exceptionId) ? await findException(tx, tenantId, exceptionId) : null;
  if (!row) throw new Refusal("not_found", "There is no such exception.");
  const name = exceptionName(row.no);
  if (row.decision?.outcome !== "approved")
    throw new Refusal("conflict", `${name} accepts nothing that could end.`);
  if (row.decision.ends.length > 0) throw new Refusal("conflict", `${name} has ended already.`);
  await insertExceptionEnd(tx, {
    tenantId,
    exceptionId,
    why,
    endedBy: actorName,
    endedAt: at,
    note: note || null,
  });
  const { from, to } = await changeFinding(
    context,
    { tenantId, id: row.findingId },
    { kind: "end_acceptance" },
    { kind: `exception_${why}`, note: [`${name}.`, note].filter((part) => part !== "").join(" ") },
  );
  return { output: undefined, subject: row.findingId, detail: { reference: name, from, to, note } };
}

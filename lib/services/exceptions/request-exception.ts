import { v7 } from "uuid";
import type { ExceptionInput } from "../../contracts/findings.ts";
import { dayMs } from "../../core/calendar.ts";
import { exceptionDaysMax, exceptionName, exceptionOpenDays } from "../../core/findings/exception.ts";
import { type FindingState, transition } from "../../core/findings/transition.ts";
import { exceptionsOf, insertException, nextExceptionNo } from "../../db/finding-exception.ts";
import { policiesInForce } from "../../db/policy-version.ts";
import { personOf, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { noteFinding } from "../findings/change-finding.ts";
import { requireFinding } from "../findings/get-finding.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { stateOfRow } from "./exception-item.ts";

type Wish = ExceptionInput & { readonly findingId: string; readonly tenant: string };

const request = mutation<Wish, { id: string; name: string }>({
  permission: "finding:work",
  event: "exception.requested",
  changesConfig: false,
  run: async (context, wish) => {
    const { tx, tenant, actor, actorName, at } = context;
    const where = { tenantId: tenant.tenantId, id: wish.findingId };
    const expiresAt = new Date(wish.expiresAt);
    demandPeriod(expiresAt, at);
    const finding = await tx.finding.findFirst({ where, select: { state: true } });
    if (!finding) throw new Refusal("not_found", "There is no such finding.");
    const next = transition(finding.state as FindingState, { kind: "accept" });
    const known = await exceptionsOf(tx, tenant.tenantId, wish.findingId);
    const waiting = known.find((row) => stateOfRow(row, at) === "waiting");
    if (waiting) throw new Refusal("conflict", `${exceptionName(waiting.no)} waits for a decision already.`);
    if (!next.ok) throw new Refusal("conflict", next.message);
    const inForce = (await policiesInForce(tx, [tenant.tenantId], at)).get(tenant.tenantId);
    const no = await nextExceptionNo(tx, tenant.tenantId);
    const id = v7();
    const name = exceptionName(no);
    await insertException(tx, {
      tenantId: tenant.tenantId,
      id,
      no,
      findingId: wish.findingId,
      kind: wish.kind,
      reason: wish.reason,
      transferMechanism: wish.transferMechanism || null,
      ticket: wish.ticket || null,
      policyVersion: inForce?.version ?? null,
      author: actorName,
      authorId: personOf(actor).personId,
      createdAt: at,
      lapsesAt: new Date(at.getTime() + exceptionOpenDays * dayMs),
      expiresAt,
    });
    await noteFinding(context, where, { kind: "exception_requested", note: `${name}: ${wish.reason}` });
    return {
      output: { id, name },
      subject: wish.findingId,
      detail: {
        reference: name,
        kind: wish.kind,
        reason: wish.reason,
        expires: expiresAt.toISOString(),
        transferMechanism: wish.transferMechanism || null,
        ticket: wish.ticket || null,
        policyVersion: inForce?.version ?? null,
      },
    };
  },
});

/**
 * Asks that a case be accepted until a day. It counts only when a second person approves; calls keep their verdicts, and
 * nothing that is stopped today goes because of it.
 */
export async function requestException(
  actor: Actor,
  input: ExceptionInput & { readonly findingId: string },
  options: MutationOptions & { readonly tenant?: string } = {},
): Promise<{ id: string; name: string }> {
  const { tenant } = await requireFinding(
    await tenantsFor(actor, "finding:read", options.tenant),
    input.findingId,
  );
  return request(actor, { ...input, tenant: tenant.tenantId }, options);
}

function demandPeriod(expiresAt: Date, at: Date): void {
  const message =
    expiresAt <= at
      ? "Choose a day that is still to come."
      : expiresAt.getTime() > at.getTime() + exceptionDaysMax * dayMs
        ? `At most ${exceptionDaysMax} days ahead.`
        : null;
  if (message === null) return;
  throw new Refusal("invalid_input", "An exception ends within a year.", {
    fields: [{ field: "expiresAt", message }],
  });
}

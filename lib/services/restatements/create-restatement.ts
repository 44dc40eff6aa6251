import { v7 } from "uuid";
import type {
  RestatementCause,
  RestatementEffect,
  RestatementInput,
  RestatementScope,
} from "../../contracts/restatements.ts";
import { dayMs } from "../../core/calendar.ts";
import { judgeVersion } from "../../core/verdicts/verdict.ts";
import { insertRestatement } from "../../db/restatement.ts";
import { findTenantById } from "../../db/tenant.ts";
import { personOf, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type MutationOptions, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { fixedScope } from "./fixed-scope.ts";
import { restateScope, type StoredScope } from "./restate-scope.ts";

const openDays = 30;

/** What a restatement would do, before anybody asks for it. Changes nothing. */
export async function previewRestatement(
  actor: Actor,
  input: RestatementScope,
  { now = new Date() }: { now?: Date } = {},
): Promise<RestatementEffect> {
  const { tenantId } = await tenantFor(actor, "call:read", input.tenant);
  return (await restateScope(await fixedScope(tenantId, input, now))).effect;
}

/** Asks for a correction of verdicts. It counts only when a second person approves; the first verdicts stay. */
export async function createRestatement(
  actor: Actor,
  input: RestatementInput,
  options: MutationOptions = {},
): Promise<{ id: string }> {
  const { tenantId } = await tenantFor(actor, "restatement:write", input.tenant);
  const scope = await fixedScope(tenantId, input, options.at ?? new Date());
  const { effect } = await restateScope(scope);
  if (effect.moves.length === 0)
    throw new Refusal(
      "invalid_input",
      "It would change no call in this scope: each of them counts as that already.",
    );
  const tenant = await findTenantById(tenantId);
  return create(actor, { ...input, scope, effect, simulated: tenant?.mode === "simulated" }, options);
}

type Wish = RestatementInput & {
  readonly scope: StoredScope;
  readonly effect: RestatementEffect;
  readonly simulated: boolean;
};

const causes: Readonly<Record<RestatementInput["method"]["kind"], RestatementCause>> = {
  catalog: "catalog_row",
  pin: "pin_learned",
  notice: "provider_notice",
};

const create = mutation<Wish, { id: string }>({
  permission: "restatement:write",
  event: "restatement.requested",
  changesConfig: false,
  run: async ({ tx, tenant, actor, actorName, at }, wish) => {
    const { personId } = personOf(actor);
    const id = v7();
    const { scope, effect, statement, evidence, evidenceUrl, hosts, models, applications } = wish;
    const cause = causes[scope.method.kind];
    await insertRestatement(tx, {
      tenantId: tenant.tenantId,
      id,
      cause,
      statement,
      evidence,
      evidenceUrl,
      fromAt: scope.span.from,
      toAt: scope.span.to,
      filter: { hosts, models, applications, applicationIds: scope.filter.applicationIds },
      method: scope.method,
      judgeVersion,
      simulated: wish.simulated,
      author: actorName,
      authorId: personId,
      createdAt: at,
      expiresAt: new Date(at.getTime() + openDays * dayMs),
    });
    return {
      output: { id },
      subject: id,
      detail: {
        cause,
        statement,
        from: scope.span.from.toISOString(),
        to: scope.span.to.toISOString(),
        method: scope.method.kind,
        callsInScope: effect.calls,
        callsChanged: effect.moves.reduce((sum, { calls }) => sum + calls, 0),
      },
    };
  },
});

import { confirmedForMs } from "../../env/sign-in-settings.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";

/**
 * What an open browser or a stolen cookie must not be enough for, by the event it leaves behind: keys, approvals that count for
 * others, evidence that leaves, and who may do what.
 */
export const dangerousEvents: ReadonlySet<string> = new Set([
  // Keys of providers and of the gateway.
  ...["credential.created", "credential.replaced", "credential.revoked"],
  ...["key.created", "key.rotated", "key.revoked"],
  ...["account.added", "account.replaced", "account.revoked"],
  // Where word of a breach goes, what it is signed with, and that none goes.
  ...["alert_destination.created", "alert_destination.changed", "alert_destination.secret_rotated"],
  ...["alert_destination.paused", "alert_destination.removed"],
  // What a second person's word makes true.
  ...["policy.approved", "catalog.approved", "exception.approved", "restatement.approved"],
  ...["retention.approved", "erasure.approved", "hold.lifted"],
  // What is asked for there is deleted once somebody says yes.
  ...["retention.requested", "erasure.requested", "hold.lift_requested"],
  // Evidence that leaves. A pack leaves by a link, which is asked for before.
  ...["evidence.exported", "report.linked"],
  // Who may do what, and who is let in as whom.
  ...["tenant.created", "membership.created", "membership.role_changed", "membership.removed"],
  ...["person.created", "person.enabled", "person.disabled"],
  ...["person.administration_granted", "person.administration_withdrawn"],
  ...["person.password_reset", "person.second_factor_reset"],
  ...["person.identity_bound", "person.identity_unbound"],
]);

/** Refuses a person who has not shown for too long that it is him, where what he does is dangerous. */
export function demandConfirmed(actor: Actor, event: string, now: number = Date.now()): void {
  if (actor.kind !== "person" || !dangerousEvents.has(event) || isConfirmed(actor, now)) return;
  throw new Refusal(
    "confirmation_required",
    "Confirm that it is you before you do this. Nothing was changed.",
  );
}

/** Whether somebody showed recently enough who he is. */
export function isConfirmed(
  { confirmedAt }: { readonly confirmedAt: Date | null },
  now: number = Date.now(),
): boolean {
  const forMs = confirmedForMs();
  return forMs === null || (confirmedAt !== null && now - confirmedAt.getTime() < forMs);
}

import { type AccountTouchKind, insertAccountTouch } from "../../db/account-touch.ts";
import type { MutationContext } from "../mutation.ts";

/**
 * Notes that the person who acts had a hand in another's account: he is not the second person for what the other one asks, nor
 * the other way round, for a while (`demandTwo`). Every verb that lets somebody in, or gives him a password, a second factor,
 * a membership or a role, calls it. What one does to oneself, and what seed and operator do, is nobody's touch.
 */
export async function touchAccount(
  { tx, actor, actorName, at }: MutationContext,
  personId: string,
  kind: AccountTouchKind,
): Promise<void> {
  if (actor.kind !== "person" || actor.personId === personId) return;
  await insertAccountTouch(tx, { personId, kind, byId: actor.personId, byName: actorName, at });
}

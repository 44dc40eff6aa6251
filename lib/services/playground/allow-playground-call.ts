import { personOf, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { signInternalToken } from "./internal-token.ts";

/** A token for one call of this person through the gateway, good for a minute. Refuses who may not send. */
export async function allowPlaygroundCall(
  actor: Actor,
  input: { readonly tenant: string; readonly target: string; readonly credentialId?: string },
): Promise<string> {
  const { personId } = personOf(actor);
  const { tenantId } = await tenantFor(actor, "playground:send", input.tenant);
  const { target, credentialId } = input;
  return signInternalToken({ personId, tenantId, target, credentialId });
}

import { randomUUID } from "node:crypto";
import { personOf, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { recordView } from "../trail/record-view.ts";
import { signInternalToken } from "./internal-token.ts";

/**
 * A token for one call of this person through the gateway, good for a minute. Refuses who may not send. That he was allowed it
 * is noted for the tenant's log under the token's id, by which the gateway records the call.
 */
export async function allowPlaygroundCall(
  actor: Actor,
  input: { readonly tenant: string; readonly target: string; readonly credentialId?: string },
): Promise<string> {
  const { personId } = personOf(actor);
  const { tenantId } = await tenantFor(actor, "playground:send", input.tenant);
  const { target, credentialId } = input;
  const id = randomUUID();
  // Before the call: one that is recorded has its sender in the log. No call waits for the log itself.
  await recordView(actor, tenantId, "playground_call", id);
  return signInternalToken({ id, personId, tenantId, target, credentialId });
}

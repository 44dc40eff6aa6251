import type { IncomingHttpHeaders } from "node:http";
import { GatewayRefusal } from "./answer-error.ts";
import { ConfigStale } from "./config-cache.ts";
import { type Caller, type Identifier, identify } from "./identify.ts";

/** How often whoever has something under way is asked about again: a revocation shows within 5 s. */
export const askAgainMs = 1_000;

/**
 * Whoever was identified before, as of now: under the configuration in force, and refused where the key no longer is. Of a
 * token of our own nothing but its tenant is asked again: it was good for the opening.
 */
export async function callerNow(
  by: Identifier,
  caller: Caller,
  headers: IncomingHttpHeaders,
): Promise<Caller> {
  if (caller.keyId !== null) return identify(by, headers);
  try {
    const config = await by.config.tenant(caller.config.tenant.id);
    if (config) return { ...caller, config };
  } catch (error) {
    const code = error instanceof ConfigStale ? "policy_stale" : "evidence_unavailable";
    throw new GatewayRefusal(code, { cause: error });
  }
  throw new GatewayRefusal("invalid_domicile_key");
}

import { type KeyScope, keyScopeWords, mayCall, scopeOfOperation } from "../core/access/key-scopes.ts";
import { isInside } from "../services/keys/address-block.ts";
import { GatewayRefusal } from "./answer-error.ts";
import type { Caller } from "./identify.ts";

export type KeyUse = {
  readonly operation: string;
  /** Without query. */
  readonly path: string;
  /** Of whoever calls. */
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** Why this use of a key is refused; null: it is not. The key is a true one of its tenant, so the refusal is recorded. */
export function checkKey({ key, only }: Caller, use: KeyUse): GatewayRefusal | null {
  const { operation, path, address, at } = use;
  if (only && (only.operation !== operation || only.path !== path)) return new GatewayRefusal("key_scope");
  if (key === null) return null;
  if (key.expiresAt !== null && key.expiresAt <= at)
    return new GatewayRefusal("key_expired", {
      message: `This key ended on ${new Date(key.expiresAt).toISOString()}. Nothing was sent.`,
    });
  if (!isInside(address, key.allowedFrom)) return new GatewayRefusal("key_address");
  if (mayCall(key.scopes, operation)) return null;
  const needed: KeyScope = scopeOfOperation(operation) ?? "other";
  return new GatewayRefusal("key_scope", {
    message: `This key may not be used for ${operation}: it lacks the scope "${keyScopeWords[needed].title}". Nothing was sent.`,
  });
}

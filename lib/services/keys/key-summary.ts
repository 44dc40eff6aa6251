import type { KeySummary } from "../../contracts/tenants.ts";
import { keyHint } from "./key-format.ts";

type VisibleKey = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly target: string;
  readonly lookupId: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly allowedFrom: readonly string[];
  readonly callsPerMinute: number | null;
  readonly concurrentCalls: number | null;
  readonly application: { readonly name: string };
};

/** A key as pages show it. */
export function keySummary(row: VisibleKey): KeySummary {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind === "intake" ? "intake" : "gateway",
    hint: keyHint(row.lookupId),
    application: row.application.name,
    target: row.target,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    scopes: row.scopes as KeySummary["scopes"],
    expiresAt: row.expiresAt?.toISOString() ?? null,
    allowedFrom: row.allowedFrom,
    callsPerMinute: row.callsPerMinute,
    concurrentCalls: row.concurrentCalls,
  };
}

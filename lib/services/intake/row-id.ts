import { createHash, createHmac } from "node:crypto";
import { deriveTenantKey } from "../secrets/derive-tenant-key.ts";

export type RowId = {
  /** Under a key of the tenant's: `row2:`, 32 hex digits, `:`, the line. */
  readonly id: string;
  /** As such rows were known before: a plain hash in its place, after `row:`. Stored nowhere any more. */
  readonly formerId: string;
};

/**
 * A row without an id of its own is known by what it says and where it stands, so that the same file again is the same. Keyed
 * by the tenant: a row may name an end user, and a plain hash would tell whoever tries names, also once that person was erased.
 */
export function rowId(tenantId: string, line: number, text: string): RowId {
  const sha256 = createHash("sha256").update(text).digest("hex").slice(0, hexDigits);
  return { id: keyed(tenantId, sha256, `${line}`), formerId: `row:${sha256}:${line}` };
}

/** The keyed id of a row that is known by a plain one; null: this is none. Of the hash alone, as no row is kept. */
export function keyedRowId(tenantId: string, id: string): string | null {
  const [, sha256, line] = /^row:([0-9a-f]{32}):([0-9]+)$/.exec(id) ?? [];
  return sha256 === undefined || line === undefined ? null : keyed(tenantId, sha256, line);
}

const hexDigits = 32;

function keyed(tenantId: string, sha256: string, line: string): string {
  const hmac = createHmac("sha256", deriveTenantKey("row-id", tenantId)).update(sha256).digest("hex");
  return `row2:${hmac.slice(0, hexDigits)}:${line}`;
}

import { decodeEntry } from "../../core/ledger/entries/entry.ts";
import { readEventBody } from "../../core/ledger/entries/event-body.ts";
import { erasedListBytes, erasureEvent } from "../../core/retention/erased-list.ts";
import { listErasures, openingsOfErasure } from "../../db/erased-opening.ts";
import { type LogKey, storedBodies } from "../../db/ledger-walk.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import type { Difference } from "./differences.ts";
import { nodeCrypto } from "./node-crypto.ts";

/**
 * Holds the list of each erasure against the hash that its entry holds. An opening that is on no such list and is gone was
 * not erased but deleted. Entries that have expired say nothing any more.
 */
export async function checkErasures(
  sql: SqlTransaction,
  log: LogKey,
  expiredBelow: number,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const { id, entryIndex: atIndex, listSha256 } of await listErasures(sql, log)) {
    if (atIndex < expiredBelow) continue;
    const list = await openingsOfErasure(sql, log.tenantId, id);
    const sha256 = Buffer.from(nodeCrypto.sha256(erasedListBytes(list))).toString("hex");
    const [body] = await storedBodies(sql, log, atIndex, atIndex + 1);
    if (sha256 === listSha256 && body && saysHash(body.bytes, sha256)) continue;
    found.push({
      atIndex,
      sentence: `The list of openings that went with the erasure in entry ${atIndex} is not the one that was recorded.`,
    });
  }
  return found;
}

function saysHash(bytes: Uint8Array, sha256: string): boolean {
  try {
    const entry = decodeEntry(bytes);
    if (entry.type !== "event") return false;
    const { kind, detail } = readEventBody(entry.body).body;
    return kind === erasureEvent && detail.listSha256 === sha256;
  } catch {
    return false;
  }
}

import { decodeEntry } from "../../core/ledger/entries/entry.ts";
import { readEventBody } from "../../core/ledger/entries/event-body.ts";
import { leafHash } from "../../core/ledger/tree.ts";
import { readPrune } from "../../core/retention/prune-event.ts";
import { type NewestPrune, newestPrune } from "../../db/ledger-prune.ts";
import { type LogKey, storedBodies, storedEntries } from "../../db/ledger-walk.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { nodeCrypto } from "./node-crypto.ts";

/** The beginning of a log whose bytes have expired. Leaf hashes are all that is left of it. */
export type ExpiredPart = {
  /** Index of the first entry that must have its bytes; 0: all of them. */
  readonly below: number;
  /** When the last of them was appended, RFC 3339 UTC; null where there is none. */
  readonly until: string | null;
  /** In words: the store says that entries expired, and the log does not. Then none is taken to have. */
  readonly problem: string | null;
};

/**
 * How far the bytes of a log have expired. trust: the row is a mere pointer; what counts is the entry of the log that says
 * so. Whether that entry is in the tree, the full check of its log says; of one that has expired itself its leaf hash is, and
 * the bytes that were kept of it count where they lead to that.
 */
export async function expiredPart(sql: SqlTransaction, log: LogKey): Promise<ExpiredPart> {
  const said = await newestPrune(sql, log);
  if (said === null) return { below: 0, until: null, problem: null };
  const bytes = await statementOf(sql, log.tenantId, said);
  const [last] = await storedEntries(sql, log, said.to - 1, said.to);
  if (!last || !bytes || !isStatedBy(bytes, { ...log, ...said }))
    return {
      below: 0,
      until: null,
      problem:
        `The store says that the entries below ${said.to} have expired, and entry ${said.entryIndex} of epoch ` +
        `${said.entryEpoch} does not say so: the statement was inserted, or its entry was changed.`,
    };
  return { below: said.to, until: last.appendedAt.toISOString(), problem: null };
}

async function statementOf(
  sql: SqlTransaction,
  tenantId: string,
  { entryEpoch, entryIndex, statement }: NewestPrune,
): Promise<Uint8Array | null> {
  const place = { tenantId, epoch: entryEpoch };
  const [body] = await storedBodies(sql, place, entryIndex, entryIndex + 1);
  if (body) return body.bytes;
  const [entry] = await storedEntries(sql, place, entryIndex, entryIndex + 1);
  return statement && entry?.leafHash.equals(leafHash(nodeCrypto, statement)) ? statement : null;
}

type Said = { readonly epoch: number; readonly from: number; readonly to: number; readonly root: string };

function isStatedBy(bytes: Uint8Array, said: Said): boolean {
  try {
    const entry = decodeEntry(bytes);
    const prune = entry.type === "event" ? readPrune(readEventBody(entry.body).body) : null;
    return (
      prune !== null &&
      prune.epoch === said.epoch &&
      prune.from === said.from &&
      prune.to === said.to &&
      prune.rootAtTo === said.root
    );
  } catch {
    return false;
  }
}

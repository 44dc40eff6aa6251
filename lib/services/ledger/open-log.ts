import { randomBytes } from "node:crypto";
import { emptyRoot } from "../../core/ledger/tree.ts";
import { insertLedgerLog, type LedgerHead } from "../../db/ledger-log.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { nodeCrypto } from "./node-crypto.ts";

const letters = "abcdefghijklmnopqrstuvwxyz234567";
const idLetters = 26;

export type NewLog = {
  readonly tenantId: string;
  readonly epoch: number;
  /** The same for all epochs of one log. */
  readonly id: string;
  readonly openedAt: Date;
};

/** Opens an epoch of a log, empty. */
export async function openLog(sql: SqlTransaction, log: NewLog): Promise<LedgerHead> {
  const { tenantId, epoch, openedAt } = log;
  const origin = `domicile.ledger/${log.id}/e${epoch}`;
  await insertLedgerLog(sql, { tenantId, epoch, origin, root: emptyRoot(nodeCrypto), openedAt });
  return { epoch, origin, size: 0, frontier: new Uint8Array(), tileLeaves: new Uint8Array() };
}

/** What a log is called by: 26 random letters, which say nothing about whose it is. */
export function newLogId(): string {
  return Array.from(randomBytes(idLetters), (byte) => letters[byte % letters.length]).join("");
}

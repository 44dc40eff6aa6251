import { epochOpenedDraft } from "../../core/ledger/entries/epoch-body.ts";
import { readLedgerHead } from "../../db/ledger-log.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { type Appended, appendBehind } from "./append-entries.ts";
import { openLog } from "./open-log.ts";

/** What the signer says of a log it sealed: the last state it stands for. `root` in base64. */
export type Seal = {
  readonly epoch: number;
  readonly size: number;
  readonly root: string;
  readonly reason: string;
};

/**
 * Goes on with a sealed log as its next epoch, whose first entry names the sealed one's last accepted checkpoint. null:
 * that epoch is not the open one any more. The caller holds the log's lock.
 */
export async function openEpoch(
  sql: SqlTransaction,
  tenantId: string,
  { epoch, size, root, reason }: Seal,
  at: Date,
): Promise<Appended | null> {
  const sealed = await readLedgerHead(sql, tenantId, 0);
  if (sealed?.epoch !== epoch) return null;
  const id = sealed.origin.split("/")[1] ?? "";
  const opened = await openLog(sql, { tenantId, epoch: epoch + 1, id, openedAt: at });
  const previous = { origin: sealed.origin, size, root };
  return appendBehind(sql, tenantId, opened, [epochOpenedDraft({ epoch: epoch + 1, reason, previous })], at);
}

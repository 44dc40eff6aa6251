import { epochOpenedDraft } from "../../core/ledger/entries/epoch-body.ts";
import { readLedgerHead } from "../../db/ledger-log.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { type Appended, appendBehind } from "./append-entries.ts";
import { openLog } from "./open-log.ts";

/** What the signer says of a log it sealed: the last state it stands for. `root` in base64. */
export type Seal = {
  /** As the signer knows it, whatever the store says. */
  readonly origin: string;
  readonly epoch: number;
  readonly size: number;
  readonly root: string;
  readonly reason: string;
};

/**
 * Goes on with a sealed log as its next epoch, whose first entry names the sealed one's last accepted checkpoint. null:
 * that epoch is not the open one any more. A log of which nothing is left goes on all the same. The caller holds the log's
 * lock.
 */
export async function openEpoch(
  sql: SqlTransaction,
  tenantId: string,
  { origin, epoch, size, root, reason }: Seal,
  at: Date,
): Promise<Appended | null> {
  const sealed = await readLedgerHead(sql, tenantId, 0);
  if (sealed !== null && sealed.epoch !== epoch) return null;
  const id = origin.split("/")[1] ?? "";
  const opened = await openLog(sql, { tenantId, epoch: epoch + 1, id, openedAt: at });
  const previous = { origin, size, root };
  return appendBehind(sql, tenantId, opened, [epochOpenedDraft({ epoch: epoch + 1, reason, previous })], at);
}

import type { CheckpointPage, CheckpointSearch } from "../../contracts/ledger.ts";
import { listCheckpointRows } from "../../db/ledger-page.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { readCheckpointPosition, writeCheckpointPosition } from "./checkpoint-cursor.ts";
import { logFor } from "./log-for.ts";

/** The checkpoints of one log, of all its epochs, newest first. */
export async function listCheckpoints(actor: Actor, search: CheckpointSearch): Promise<CheckpointPage> {
  const { logId } = await logFor(actor, search);
  const below = search.cursor === undefined ? null : readCheckpointPosition(search.cursor);
  const found = await readTenantsSql([logId], (sql) =>
    listCheckpointRows(sql, { logId, below, limit: search.limit + 1 }),
  );
  const rows = found.slice(0, search.limit);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => ({ ...row, signedAt: row.signedAt.toISOString() })),
    nextCursor: found.length > search.limit && last ? writeCheckpointPosition(last) : null,
  };
}

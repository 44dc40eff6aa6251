import type { CheckpointNoteSearch } from "../../contracts/ledger.ts";
import { findCheckpointNote } from "../../db/ledger-page.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { recordView } from "../trail/record-view.ts";
import type { LedgerFile } from "./ledger-file.ts";
import { fileName } from "./ledger-file.ts";
import { logFor } from "./log-for.ts";

/** One checkpoint as it was signed, to keep where this deployment cannot reach it. */
export async function getCheckpointNote(actor: Actor, search: CheckpointNoteSearch): Promise<LedgerFile> {
  const ref = await logFor(actor, search);
  const { epoch, size, at } = search;
  const note = await readTenantsSql([ref.logId], (sql) =>
    findCheckpointNote(sql, { logId: ref.logId, epoch, size, signedAt: new Date(at) }),
  );
  if (note === null) throw new Refusal("not_found", "There is no such checkpoint.");
  await recordView(actor, ref.logId, "checkpoint_note", `epoch ${epoch}, size ${size}`);
  return { name: fileName(ref, epoch, `${size}.checkpoint`), text: note };
}

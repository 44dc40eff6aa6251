import type { ConsistencySearch } from "../../contracts/ledger.ts";
import { standingStatements } from "../../db/ledger-page.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { recordView } from "../trail/record-view.ts";
import { epochStanding } from "./epoch-standing.ts";
import { fileName, type LedgerFile } from "./ledger-file.ts";
import { logFor } from "./log-for.ts";
import { proveConsistency } from "./prove-consistency.ts";
import { refuseDamaged } from "./refuse-damaged.ts";

/** Proof that a log of one size is the beginning of the same log at a later checkpoint. */
export async function getConsistency(actor: Actor, search: ConsistencySearch): Promise<LedgerFile> {
  const ref = await logFor(actor, search);
  const { epoch, from, to } = search;
  const { sealed } = epochStanding(
    await readTenantsSql([ref.logId], (sql) => standingStatements(sql, [ref.logId])),
    epoch,
  );
  if (sealed !== null && to > sealed.size)
    throw new Refusal(
      "conflict",
      `This log was sealed at ${sealed.size} entries (${sealed.reason}): no later checkpoint counts. Ask for the proof up to ` +
        "that size.",
    );
  const text = await refuseDamaged(() => proveConsistency(ref.logId, epoch, from, to));
  if (text === null) throw new Refusal("not_found", "No checkpoint of this log has that size.");
  await recordView(actor, ref.logId, "consistency_file", `epoch ${epoch}, ${from} to ${to}`);
  return { name: fileName(ref, epoch, `${from}-${to}.consistency`), text };
}

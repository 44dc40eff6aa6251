import { changeImport, countParts, deleteParts, findImport, lockImport } from "../../db/import.ts";
import { sqlOf } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { noImport } from "./take-import-part.ts";

type Input = { readonly tenant: string; readonly id: string; readonly state: "done" | "cancelled" };

/**
 * Ends an import: its file was recorded, or somebody gives it up. What waits is deleted; what is recorded stays, for calls
 * are never deleted. Of a piece that is being recorded counts what was recorded of it until now: the rest waits for the lock
 * that this holds, and finds its piece gone.
 */
export const endImport = mutation<Input, void>({
  permission: "call:import",
  event: "import.ended",
  changesConfig: false,
  run: async ({ tx, tenant, at }, { id, state }) => {
    await lockImport(sqlOf(tx), tenant.tenantId, id);
    const row = await findImport(tx, tenant.tenantId, id);
    if (!row) throw noImport();
    if (row.endedAt !== null) throw new Refusal("conflict", "This import has ended.");
    const waiting = await countParts(tx, tenant.tenantId, id);
    if (state === "done" && (row.state !== "running" || waiting > 0))
      throw new Error("An import was to end before its file was recorded.");
    const given = await deleteParts(sqlOf(tx), tenant.tenantId, id);
    const add = {
      recorded: given.reduce((sum, part) => sum + part.recorded.length, 0),
      joined: given.reduce((sum, part) => sum + part.joined.length, 0),
    };
    await changeImport(tx, tenant.tenantId, id, { state, endedAt: at, touchedAt: at, add });
    const { duplicate, rejected, records, fileName, dryRun } = row;
    const recorded = row.recorded + add.recorded;
    return {
      output: undefined,
      subject: id,
      detail: { state, fileName, dryRun, records, recorded, duplicate, rejected, partsGivenUp: waiting },
    };
  },
});

/**
 * Ends an import whose file was recorded whole. Who has sent the file and the worker may come to it at once. False: it has ended
 * meanwhile.
 */
export async function endWhole(actor: Actor, tenant: string, id: string): Promise<boolean> {
  try {
    await endImport(actor, { tenant, id, state: "done" });
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === "conflict") return false;
    throw error;
  }
}

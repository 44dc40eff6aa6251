import { v7 } from "uuid";
import type { ConfirmRowInput } from "../../contracts/catalog.ts";
import { findRow } from "../../core/regions/catalog-tables.ts";
import { insertConfirmation } from "../../db/catalog-confirmation.ts";
import { personOf } from "../access.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { rowSha256 } from "./confirmed-catalog.ts";
import { currentVersion } from "./current-catalog.ts";

/**
 * Records that a named person compared a row with the provider's page. It holds for the row as it reads now, for 30
 * days; it changes no verdict.
 */
export const confirmRow = deploymentMutation<ConfirmRowInput, { readonly confirmedOn: string }>({
  who: "admin",
  event: "catalog.row_confirmed",
  changesConfig: false,
  run: async ({ tx, actor, actorName, at }, { version, table, id, statement }) => {
    const { personId } = personOf(actor);
    const newest = await currentVersion();
    if (newest.version !== version)
      throw new Refusal(
        "conflict",
        `Version ${newest.version} was published meanwhile. Look at the row again.`,
      );
    const row = findRow(await catalogOf(version), { table, id });
    if (!row) throw new Refusal("not_found", "There is no such row in this version.");
    const rowHash = rowSha256(row);
    await insertConfirmation(tx, {
      id: v7(),
      at,
      rowTable: table,
      rowId: id,
      rowSha256: rowHash,
      version,
      personId,
      personName: actorName,
      statement,
    });
    return {
      output: { confirmedOn: at.toISOString().slice(0, 10) },
      subject: `${table} ${id}`,
      detail: { version, table, row: id, rowSha256: rowHash, statement },
    };
  },
});

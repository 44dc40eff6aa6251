import type { TrailEvent } from "../../contracts/trail.ts";
import type { TrailRow } from "../../db/trail.ts";

export type TrailContext = {
  /** Of whoever is or was a member, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** By epoch, the index below which retention deleted the bytes of the tenant's entries. */
  readonly expired: ReadonlyMap<number, number>;
};

/** An event as whoever reads the trail sees it; which finding it is of, the page alone tells. */
export function trailEvent(stored: TrailRow, { names, expired }: TrailContext): Omit<TrailEvent, "finding"> {
  const { ledgerEpoch: epoch, ledgerIndex: index, at, ...rest } = signedIn(stored, names);
  const ledger =
    epoch === null || index === null
      ? null
      : { epoch, index, expired: rest.log === "tenant" && index < (expired.get(epoch) ?? 0) };
  return { ...rest, at: at.toISOString(), ledger };
}

/** The sign-in itself is our own doing; shown is the person who signed in. */
function signedIn(row: TrailRow, names: ReadonlyMap<string, string>): TrailRow {
  const { personId } = row.detail;
  if (!row.kind.startsWith("session.") || row.actor !== "system" || typeof personId !== "string") return row;
  return { ...row, actor: "person", actorId: personId, actorName: names.get(personId) ?? row.actorName };
}

import type { EpochSeal } from "../../contracts/ledger.ts";
import { Refusal } from "../refusal.ts";

/** Why an entry that is in the tree has no proof to hand out. `sealed` null: its epoch is open. */
export function unproven(sealed: EpochSeal | null, isFrozen: boolean): Refusal {
  if (sealed !== null)
    return new Refusal(
      "conflict",
      `This log was sealed at ${sealed.size} entries (${sealed.reason}), and this entry stands behind that: no checkpoint ` +
        "that counts covers it, and none will.",
    );
  if (isFrozen)
    return new Refusal(
      "conflict",
      "No checkpoint covers this entry, and none will while the log is frozen. The ledger page says why.",
    );
  return new Refusal(
    "conflict",
    "No checkpoint covers this entry yet, or there is none. One is signed every 10 seconds.",
  );
}

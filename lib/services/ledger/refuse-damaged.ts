import { Refusal } from "../refusal.ts";
import { LedgerDamaged } from "./tile-reader.ts";

/** Says it where the store lacks what a proof needs: an answer, not a fault of ours. What is missing goes to the log. */
export async function refuseDamaged<T>(prove: () => Promise<T>): Promise<T> {
  try {
    return await prove();
  } catch (cause) {
    if (!(cause instanceof LedgerDamaged)) throw cause;
    throw new Refusal(
      "unavailable",
      "The database no longer holds what this proof needs. The ledger page says what the signer and the full check found.",
      { cause },
    );
  }
}

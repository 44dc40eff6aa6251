import type { SqlTransaction } from "../../db/with-tenant.ts";

/**
 * What whoever hands reports in has to say in each of the transactions that record them, under the tenant's lock. `places`: in
 * the list of reports that was handed in.
 */
export type Alongside = {
  /** Before any id is taken. Throws `StopRecording` where nothing is to be recorded any more. */
  before(sql: SqlTransaction, places: readonly number[]): Promise<void>;
  /** Of these the ids were free, and are taken. */
  taken(sql: SqlTransaction, as: "recorded" | "joined", places: readonly number[]): Promise<void>;
};

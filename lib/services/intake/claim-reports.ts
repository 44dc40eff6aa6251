import { takeIntakeKeys } from "../../db/intake-key.ts";
import type { FindKnown } from "../calls/record-batch.ts";
import type { Alongside } from "./alongside.ts";
import { asKeyed } from "./report-digest.ts";

/** A report under its id: what it would be recorded as, and what it says. */
export type ReportClaim = {
  /** Of the call. */
  readonly id: string;
  readonly clientId: string;
  readonly digest: Buffer;
};

/** What is recorded under a client id: for the call of which id, and the digest of what was said. */
export type KnownReport = { readonly callId: string | null; readonly digest: Uint8Array };

/**
 * Takes the ids of reports in the transaction that records them.
 *
 * crash: an id is taken if and only if its call is recorded; there is nothing to repair.
 */
export function reportKeys(
  claims: readonly (ReportClaim & { readonly index: number })[],
  alongside?: Alongside,
): {
  readonly findKnown: FindKnown;
  /** After the recording: null where this very report was recorded by it. */
  knownBefore(id: string): KnownReport | null;
} {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const known = new Map<string, KnownReport>();
  return {
    async findKnown(sql, tenantId, records) {
      const wanted = records.flatMap(({ id }) => byId.get(id) ?? []);
      // A batch that was rolled back and is tried again finds what is there now.
      for (const { id } of wanted) known.delete(id);
      await alongside?.before(
        sql,
        wanted.map(({ index }) => index),
      );
      const taken = new Map(
        (await takeIntakeKeys(sql, tenantId, wanted.map(keyRow))).map((row) => [row.clientId, row]),
      );
      const before = new Map<string, string>();
      for (const { id, clientId } of wanted) {
        const row = taken.get(clientId);
        if (!row) continue;
        known.set(id, { ...row, digest: asKeyed(tenantId, row.digest) });
        before.set(id, "complete");
      }
      const fresh = wanted.filter(({ id }) => !known.has(id)).map(({ index }) => index);
      if (fresh.length > 0) await alongside?.taken(sql, "recorded", fresh);
      return before;
    },
    knownBefore: (id) => known.get(id) ?? null,
  };
}

function keyRow({ id, clientId, digest }: ReportClaim) {
  return { clientId, digest, callId: id };
}

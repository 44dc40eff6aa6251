import { v7 } from "uuid";
import { findingKey } from "../../core/findings/finding-key.ts";
import { severity, undeclared } from "../../core/findings/severity.ts";
import type { RecordFindingCause } from "../../core/verdicts/verdict.ts";
import {
  addToCounters,
  findingsByKey,
  insertFindingEvents,
  insertFindings,
  lastNoteAbout,
  reopenFindings,
} from "../../db/finding.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { appendFindingEvent } from "./append-finding-event.ts";

/** What was said of a tenant's record. */
export type RecordWord = {
  readonly cause: RecordFindingCause;
  readonly sentence: string;
  /** Which part of the record was looked at; null: it is about all of it. */
  readonly about: string | null;
  /** Nothing was found there. */
  readonly isWhole: boolean;
};

const wholeAgain = "whole again. ";

/**
 * The tenant's record is not what it was: a case for people, with the words of whoever found it. One case per tenant and
 * cause. What is said once more, word for word, of the same part is the same matter: it opens nothing again that people closed.
 * A part that is whole again is noted in the history, and closes nothing: who set it right may have broken it. Runs
 * under the tenant's lock.
 */
export async function raiseRecordFinding(
  sql: SqlTransaction,
  tenant: { readonly id: string; readonly simulated: boolean },
  { cause, sentence, about, isWhole }: RecordWord,
  now: Date,
): Promise<void> {
  const tenantId = tenant.id;
  const at = now.toISOString();
  const nothing = { host: null, model: null, applicationId: null, basis: "none" } as const;
  const groupKey = findingKey({ tenantId, cause, ...nothing });
  const [known] = await findingsByKey(sql, tenantId, [groupKey]);
  const beginning = about === null ? "" : `${about}: `;
  const before =
    known && about !== null
      ? await lastNoteAbout(sql, tenantId, { findingId: known.id, actor, beginning })
      : null;
  const note = `${beginning}${isWhole ? wholeAgain : ""}${sentence}`;
  const comment = async (findingId: string, kind: "opened" | "reopened" | "commented") => {
    const event = { tenantId, findingId, id: v7(), at, actor, kind, note };
    await insertFindingEvents(sql, [{ ...event, resolution: null, daysClean: null }]);
    await appendFindingEvent(sql, tenantId, { findingId, cause, kind, job: "signer" }, now);
  };
  if (isWhole) {
    if (known && before !== null && !before.startsWith(`${beginning}${wholeAgain}`))
      await comment(known.id, "commented");
    return;
  }
  const id = known?.id ?? v7();
  if (!known) {
    const parts = { tenantId, id, groupKey, cause, ...nothing, application: null };
    await insertFindings(sql, [
      {
        ...parts,
        simulated: tenant.simulated,
        severity: severity(cause, undeclared),
        state: "open",
        openedAt: at,
      },
    ]);
  }
  await addToCounters(sql, tenantId, [{ findingId: id, calls: 0, firstSeenAt: at, lastSeenAt: at }]);
  if (before === note) return;
  if (known?.state === "resolved") await reopenFindings(sql, tenantId, [id]);
  await comment(id, !known ? "opened" : known.state === "resolved" ? "reopened" : "commented");
}

const actor = "Signer";

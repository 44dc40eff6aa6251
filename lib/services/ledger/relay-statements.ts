import type { Detail, DetailValue } from "../../core/ledger/entries/detail-codec.ts";
import { signerDraft } from "../../core/ledger/entries/signer-body.ts";
import { systemLogId } from "../../core/ledger/system-log.ts";
import { lockRecording } from "../../db/recording-head.ts";
import type { SignerStatement } from "../../db/signer-output.ts";
import { isRelayed, markRelayed, unrelayedStatements } from "../../db/signer-statement.ts";
import { allTenantIds, findTenantById } from "../../db/tenant.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { type RecordWord, raiseRecordFinding } from "../findings/raise-record-finding.ts";
import { createTurns } from "../jobs/create-turns.ts";
import { appendEntries } from "./append-entries.ts";
import { openEpoch, type Seal } from "./open-epoch.ts";

const batch = 500;

/**
 * Puts what the signer and the full checks said into the log it is about: the signer itself only reads. A log that was
 * sealed goes on as its next epoch. That a log is frozen, that its keys are lost, and that a full check failed become cases for
 * people. Answers how many statements it moved.
 */
export async function relayStatements(now: Date): Promise<number> {
  const logIds = [...(await allTenantIds()), systemLogId];
  const waiting = await withTenantSql({ read: logIds, write: null }, (sql) =>
    unrelayedStatements(sql, logIds, batch),
  );
  const turns = createTurns();
  const of = ({ tenantId }: SignerStatement) => tenantId;
  await turns.each(waiting, of, (statement) => relay(statement, now));
  turns.end();
  return waiting.length;
}

async function relay(statement: SignerStatement, now: Date): Promise<void> {
  const { tenantId, id } = statement;
  const tenant = tenantId === systemLogId ? null : await findTenantById(tenantId);
  await withTenantSql(tenantScope(tenantId), async (sql) => {
    // crash: the lock is the first statement; of two workers one finds that the other was there.
    await lockRecording(sql, tenantId);
    if (await isRelayed(sql, tenantId, id)) return;
    if (statement.kind === "log_sealed") await openNext(sql, statement, now);
    const { at, epoch, kind, atIndex, sentence } = statement;
    const detail = flat(statement.detail);
    const draft = signerDraft({ id, saidAt: at.toISOString(), kind, epoch, atIndex, sentence, detail });
    const { epoch: openOne, firstIndex } = await appendEntries(sql, tenantId, [draft], now);
    await markRelayed(sql, { tenantId, statementId: id, epoch: openOne, index: firstIndex });
    const word = recordWord(statement);
    if (word && tenant)
      await raiseRecordFinding(sql, { id: tenantId, simulated: tenant.mode === "simulated" }, word, now);
  });
}

/**
 * What of a statement is a matter for people; null: nothing. trust: of a check, what does not say that it found nothing is not
 * taken to.
 */
function recordWord({ kind, epoch, sentence, detail }: SignerStatement): RecordWord | null {
  if (kind === "frozen") return { cause: "log_frozen", sentence, about: null, isWhole: false };
  if (kind === "key_compromised") return { cause: "key_compromised", sentence, about: null, isWhole: false };
  if (kind !== "fsck_finished") return null;
  const part = detail.part === "rows" ? "rows beside the ledger" : "the ledger";
  const about = `Epoch ${epoch}, ${part}`;
  return { cause: "full_check_failed", sentence, about, isWhole: detail.ok === true };
}

/** trust: the statement comes from the database; the signer signs the new epoch only if it follows from its own seal. */
async function openNext(
  sql: SqlTransaction,
  { tenantId, epoch, detail }: SignerStatement,
  now: Date,
): Promise<void> {
  const { size, root, reason, origin } = detail;
  if (epoch === null || typeof size !== "number" || typeof root !== "string") return;
  const seal: Seal = { epoch, size, root, reason: String(reason), origin: String(origin) };
  await openEpoch(sql, tenantId, seal, now);
}

/** What an entry can hold of a detail; anything else in its words. */
function flat(detail: SignerStatement["detail"]): Detail {
  const value = (given: unknown): DetailValue => {
    if (given === null || typeof given === "boolean" || typeof given === "string") return given;
    if (typeof given === "number" && Number.isSafeInteger(given)) return given;
    if (Array.isArray(given) && given.every((each) => typeof each === "string")) return given;
    return JSON.stringify(given) ?? null;
  };
  return Object.fromEntries(Object.entries(detail).map(([name, each]) => [name, value(each)]));
}

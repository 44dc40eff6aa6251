import { newestTrustRoot, type TrustRootRow } from "../../db/ledger-trust-root.ts";
import {
  type LogKey,
  listStoredLogs,
  type StoredBatch,
  type StoredCheckpoint,
  type StoredLog,
  type StoredTile,
  storedBatches,
  storedCheckpoints,
  storedTile,
} from "../../db/ledger-walk.ts";
import {
  insertPackAnswer,
  type PackAnswer,
  type PackSignatureRequest,
  waitingPackRequests,
} from "../../db/pack-signature.ts";
import { takeSignerLock } from "../../db/signer-lock.ts";
import {
  insertCheckpoint,
  insertStatement,
  insertTrustRoot,
  type SignerStatement,
} from "../../db/signer-output.ts";
import { querySql, type SqlTransaction } from "../../db/with-tenant.ts";
import { type ExpiredPart, expiredPart } from "./expired-part.ts";
import { readPlaces } from "./read-places.ts";
import type { StoredPlace } from "./stored-entry.ts";

export type {
  LogKey,
  PackAnswer,
  PackSignatureRequest,
  SignerStatement,
  StoredBatch,
  StoredCheckpoint,
  StoredLog,
};

/**
 * The database as the signer sees it, under the signer's own role: every log to read, four tables to add to. Whoever
 * reads through it believes nothing.
 */
export type SignerStore = {
  /** All of them, or those of one tenant. */
  logs(tenantId?: string): Promise<StoredLog[]>;
  places(log: LogKey, from: number, to: number): AsyncGenerator<StoredPlace[]>;
  /** How far the bytes of a log have expired. */
  expired(log: LogKey): Promise<ExpiredPart>;
  /** Batches that end in [from, to], in order. */
  batches(log: LogKey, from: number, to: number): AsyncGenerator<StoredBatch>;
  /** In order of size and time. */
  checkpoints(log: LogKey): AsyncGenerator<StoredCheckpoint>;
  tile(log: LogKey, level: number, n: number): Promise<StoredTile | null>;
  /** These three may be repeated. */
  saveCheckpoint(log: LogKey, checkpoint: StoredCheckpoint): Promise<void>;
  saveStatement(statement: SignerStatement): Promise<void>;
  /** False where another document has this version. */
  saveTrustRoot(row: TrustRootRow): Promise<boolean>;
  newestTrustRoot(): Promise<TrustRootRow | null>;
  /** Manifests of packs that wait for a signature, oldest first; some at a time. */
  packRequests(): Promise<PackSignatureRequest[]>;
  /** May be repeated. */
  answerPackRequest(request: PackSignatureRequest, answer: PackAnswer, at: Date): Promise<void>;
};

export function openSignerStore(): SignerStore {
  const sql: SqlTransaction = { query: querySql };
  return {
    logs: (tenantId) => listStoredLogs(sql, tenantId ?? null),
    places: (log, from, to) => readPlaces(sql, log, from, to),
    expired: (log) => expiredPart(sql, log),
    batches: (log, from, to) => allBatches(sql, log, from, to),
    checkpoints: (log) => allCheckpoints(sql, log),
    tile: (log, level, n) => storedTile(sql, log, level, n),
    saveCheckpoint: (log, checkpoint) => insertCheckpoint(sql, log, checkpoint),
    saveStatement: (statement) => insertStatement(sql, statement),
    saveTrustRoot: (row) => insertTrustRoot(sql, row),
    newestTrustRoot,
    packRequests: () => waitingPackRequests(sql, packRequestsAtOnce),
    answerPackRequest: (request, answer, at) => insertPackAnswer(sql, request, answer, at),
  };
}

/** Held as long as its connection lives. Null: another signer, perhaps of another machine, has it. */
export async function takeDatabaseLock(): Promise<{
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
} | null> {
  return takeSignerLock();
}

const page = 500;
const packRequestsAtOnce = 20;

async function* allBatches(
  sql: SqlTransaction,
  log: LogKey,
  from: number,
  to: number,
): AsyncGenerator<StoredBatch> {
  for (let start = from; start <= to; ) {
    const rows = await storedBatches(sql, log, start, to, page);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < page) return;
    start = last.endIndex + 1;
  }
}

async function* allCheckpoints(sql: SqlTransaction, log: LogKey): AsyncGenerator<StoredCheckpoint> {
  let after: StoredCheckpoint | null = null;
  for (;;) {
    const rows: StoredCheckpoint[] = await storedCheckpoints(sql, log, after, page);
    yield* rows;
    after = rows.at(-1) ?? null;
    if (rows.length < page) return;
  }
}

import type { SqlTransaction } from "./with-tenant.ts";

export type LedgerTileRow = {
  readonly level: number;
  readonly n: number;
  /** 256 hashes. */
  readonly hashes: Uint8Array;
  readonly root: Uint8Array;
};

export type LedgerOpeningRow = {
  readonly index: number;
  readonly field: string;
  readonly subjectIndex: Uint8Array | null;
  readonly sealed: Uint8Array;
};

/** What one transaction appends to one log, and the tree after it. */
export type LedgerBatchRow = {
  readonly tenantId: string;
  readonly epoch: number;
  readonly firstIndex: number;
  readonly root: Uint8Array;
  readonly frontier: Uint8Array;
  readonly appendedAt: Date;
  /** In order, the first at `firstIndex`. */
  readonly entries: readonly {
    readonly type: string;
    readonly leafHash: Uint8Array;
    readonly bytes: Uint8Array;
  }[];
  readonly openings: readonly LedgerOpeningRow[];
  readonly tiles: readonly LedgerTileRow[];
};

/**
 * Read by readLedgerHead, the signer and proofs. One statement: batch, entries, bytes, openings and tiles are there
 * together or not at all. Bytes travel end to end in one parameter, with where each begins and how long it is: several
 * times faster than an array, and Prisma and the driver both take it.
 */
export async function insertLedgerBatch(sql: SqlTransaction, batch: LedgerBatchRow): Promise<void> {
  const { entries, openings, tiles } = batch;
  const values: unknown[] = [];
  const $ = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const packed = (parts: readonly Uint8Array[]): { starts: string; lengths: string; bytes: string } => {
    const starts = parts.map(() => 0);
    for (let i = 0, end = 1; i < parts.length; end += parts[i++]?.length ?? 0) starts[i] = end;
    return {
      starts: $(starts, "int[]"),
      lengths: $(lengthsOf(parts), "int[]"),
      bytes: $(Buffer.concat(parts), "bytea"),
    };
  };

  const log = `${$(batch.tenantId, "uuid")}, ${$(batch.epoch, "int")}`;
  const first = $(batch.firstIndex, "bigint");
  const end = $(batch.firstIndex + entries.length, "bigint");
  const at = $(batch.appendedAt, "timestamptz");
  const bodies = packed(entries.map(({ bytes }) => bytes));
  const parts = [
    `batch AS (
       INSERT INTO ledger_batch (tenant_id, epoch, first_index, end_index, root, frontier, appended_at)
       VALUES (${log}, ${first}, ${end}, ${$(batch.root, "bytea")}, ${$(batch.frontier, "bytea")}, ${at}))`,
    `body AS (
       INSERT INTO ledger_body (tenant_id, epoch, index, appended_at, bytes)
       SELECT ${log}, ${first} + place - 1, ${at}, substring(${bodies.bytes} FROM start FOR length)
         FROM unnest(${bodies.starts}, ${bodies.lengths}) WITH ORDINALITY AS given (start, length, place))`,
  ];
  if (openings.length > 0) {
    const sealed = packed(openings.map((opening) => opening.sealed));
    const subjects = packed(openings.map((opening) => opening.subjectIndex ?? new Uint8Array()));
    const indexes = $(
      openings.map(({ index }) => index),
      "bigint[]",
    );
    const fields = $(
      openings.map(({ field }) => field),
      "text[]",
    );
    parts.push(`opening AS (
       INSERT INTO ledger_opening (tenant_id, epoch, index, field, appended_at, subject_index, sealed)
       SELECT ${log}, index, field, ${at},
              CASE WHEN subject_length > 0 THEN substring(${subjects.bytes} FROM subject_start FOR subject_length) END,
              substring(${sealed.bytes} FROM start FOR length)
         FROM unnest(${indexes}, ${fields}, ${subjects.starts}, ${subjects.lengths}, ${sealed.starts}, ${sealed.lengths})
           AS given (index, field, subject_start, subject_length, start, length))`);
  }
  if (tiles.length > 0) {
    const hashes = packed(tiles.map((tile) => tile.hashes));
    const roots = packed(tiles.map((tile) => tile.root));
    const levels = $(
      tiles.map(({ level }) => level),
      "int[]",
    );
    const places = $(
      tiles.map(({ n }) => n),
      "bigint[]",
    );
    parts.push(`tile AS (
       INSERT INTO ledger_tile (tenant_id, epoch, level, n, hashes, root)
       SELECT ${log}, level, n, substring(${hashes.bytes} FROM start FOR length),
              substring(${roots.bytes} FROM root_start FOR root_length)
         FROM unnest(${levels}, ${places}, ${hashes.starts}, ${hashes.lengths}, ${roots.starts}, ${roots.lengths})
           AS given (level, n, start, length, root_start, root_length))`);
  }
  const leaves = packed(entries.map(({ leafHash }) => leafHash));
  const types = $(
    entries.map(({ type }) => type),
    "text[]",
  );
  await sql.query(
    `WITH ${parts.join(",\n     ")}
     INSERT INTO ledger_entry (tenant_id, epoch, index, batch_end, type, leaf_hash, appended_at)
     SELECT ${log}, ${first} + place - 1, ${end}, type, substring(${leaves.bytes} FROM start FOR length), ${at}
       FROM unnest(${types}, ${leaves.starts}, ${leaves.lengths}) WITH ORDINALITY AS given (type, start, length, place)`,
    values,
    "prepared",
  );
}

const lengthsOf = (parts: readonly Uint8Array[]): number[] => parts.map(({ length }) => length);

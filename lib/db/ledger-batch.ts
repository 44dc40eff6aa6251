import { besideHead } from "./batch-insert.ts";
import { bodyRows } from "./entry-bundle.ts";
import { type VisibleHead, visibleHead } from "./recording-head.ts";
import { isSpread } from "./spread.ts";
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
  /** `*` where openings of several entries are sealed together. */
  readonly field: string;
  readonly subjectIndex: Uint8Array | null;
  readonly sealed: Uint8Array;
  /** Of how many entries from `index` on; null: of that one. */
  readonly bundled: number | null;
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
 * together or not at all. Where the tables are spread over nodes, which take no such statement, it is one per table and
 * the transaction that keeps them together. Bytes travel end to end in one parameter, with where each begins and how long
 * it is: several times faster than an array, and Prisma and the driver both take it.
 */
export async function insertLedgerBatch(sql: SqlTransaction, batch: LedgerBatchRow): Promise<void> {
  // The entries stand last: they name their batch.
  const parts: Part[] = [batchPart, bodyPart];
  if (batch.openings.length > 0) parts.push(openingPart);
  if (batch.tiles.length > 0) parts.push(tilePart);
  parts.push(entryPart);
  if (await isSpread(sql)) {
    const head = await visibleHead(sql, batch.tenantId);
    for (const part of parts) {
      const binding = bindingTo(head);
      await sql.query(part(batch, binding), binding.values, "prepared");
    }
    return;
  }
  const binding = bindingTo(null);
  const texts = parts.map((part) => part(batch, binding));
  const last = texts.pop();
  const others = texts.map((text, i) => `part_${i} AS (${text})`);
  await sql.query(`WITH ${others.join(",\n     ")}\n${last}`, binding.values, "prepared");
}

type Binding = {
  readonly values: unknown[];
  /** A parameter, as an expression of this type. */
  bind(value: unknown, type: string): string;
  packed(parts: readonly Uint8Array[]): { starts: string; lengths: string; bytes: string };
  /** What an insert selects from and where: `head.tenant_id`, and the rows of an `unnest`. */
  of(tenantId: string, rows: string): string;
};

/** The insert into one table. */
type Part = (batch: LedgerBatchRow, to: Binding) => string;

/** `head`: where the tables are spread over nodes. */
function bindingTo(head: VisibleHead | null): Binding {
  const values: unknown[] = [];
  const bind = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  return {
    values,
    bind,
    packed: (parts) => {
      const starts = parts.map(() => 0);
      for (let i = 0, end = 1; i < parts.length; end += parts[i++]?.length ?? 0) starts[i] = end;
      return {
        starts: bind(starts, "int[]"),
        lengths: bind(
          parts.map(({ length }) => length),
          "int[]",
        ),
        bytes: bind(Buffer.concat(parts), "bytea"),
      };
    },
    of(tenantId, rows) {
      const tenant = bind(tenantId, "uuid");
      if (head !== null) return `${besideHead(head, rows)} WHERE head.tenant_id = ${tenant}`;
      // No row is left out, whatever of the head the caller may see.
      return `(SELECT ${tenant} AS tenant_id) AS head CROSS JOIN ${rows}`;
    },
  };
}

const endOf = ({ firstIndex, entries }: LedgerBatchRow): number => firstIndex + entries.length;

const batchPart: Part = (batch, { bind }) =>
  `INSERT INTO ledger_batch (tenant_id, epoch, first_index, end_index, root, frontier, appended_at)
   VALUES (${bind(batch.tenantId, "uuid")}, ${bind(batch.epoch, "int")}, ${bind(batch.firstIndex, "bigint")},
     ${bind(endOf(batch), "bigint")}, ${bind(batch.root, "bytea")}, ${bind(batch.frontier, "bytea")},
     ${bind(batch.appendedAt, "timestamptz")})`;

const bodyPart: Part = (batch, { bind, packed, of }) => {
  const rows = bodyRows(
    batch.firstIndex,
    batch.entries.map((entry) => entry.bytes),
  );
  const indexes = bind(
    rows.map(({ index }) => index),
    "bigint[]",
  );
  const bundled = bind(
    rows.map((row) => row.bundled),
    "smallint[]",
  );
  const { starts, lengths, bytes } = packed(rows.map((row) => row.bytes));
  const given = of(
    batch.tenantId,
    `unnest(${indexes}, ${bundled}, ${starts}, ${lengths}) AS given (index, bundled, start, length)`,
  );
  return `INSERT INTO ledger_body (tenant_id, epoch, index, appended_at, bytes, bundled)
   SELECT head.tenant_id, ${bind(batch.epoch, "int")}, index, ${bind(batch.appendedAt, "timestamptz")},
          substring(${bytes} FROM start FOR length), bundled
     FROM ${given}`;
};

const openingPart: Part = (batch, { bind, packed, of }) => {
  const sealed = packed(batch.openings.map((opening) => opening.sealed));
  const subjects = packed(batch.openings.map((opening) => opening.subjectIndex ?? new Uint8Array()));
  const indexes = bind(
    batch.openings.map(({ index }) => index),
    "bigint[]",
  );
  const fields = bind(
    batch.openings.map(({ field }) => field),
    "text[]",
  );
  const bundled = bind(
    batch.openings.map((opening) => opening.bundled),
    "smallint[]",
  );
  const given = of(
    batch.tenantId,
    `unnest(${indexes}, ${fields}, ${bundled}, ${subjects.starts}, ${subjects.lengths}, ${sealed.starts}, ${sealed.lengths})
       AS given (index, field, bundled, subject_start, subject_length, start, length)`,
  );
  return `INSERT INTO ledger_opening (tenant_id, epoch, index, field, appended_at, subject_index, sealed, bundled)
   SELECT head.tenant_id, ${bind(batch.epoch, "int")}, index, field, ${bind(batch.appendedAt, "timestamptz")},
          CASE WHEN subject_length > 0 THEN substring(${subjects.bytes} FROM subject_start FOR subject_length) END,
          substring(${sealed.bytes} FROM start FOR length), bundled
     FROM ${given}`;
};

const tilePart: Part = (batch, { bind, packed, of }) => {
  const hashes = packed(batch.tiles.map((tile) => tile.hashes));
  const roots = packed(batch.tiles.map((tile) => tile.root));
  const levels = bind(
    batch.tiles.map(({ level }) => level),
    "int[]",
  );
  const places = bind(
    batch.tiles.map(({ n }) => n),
    "bigint[]",
  );
  const given = of(
    batch.tenantId,
    `unnest(${levels}, ${places}, ${hashes.starts}, ${hashes.lengths}, ${roots.starts}, ${roots.lengths})
       AS given (level, n, start, length, root_start, root_length)`,
  );
  return `INSERT INTO ledger_tile (tenant_id, epoch, level, n, hashes, root)
   SELECT head.tenant_id, ${bind(batch.epoch, "int")}, level, n, substring(${hashes.bytes} FROM start FOR length),
          substring(${roots.bytes} FROM root_start FOR root_length)
     FROM ${given}`;
};

const entryPart: Part = (batch, { bind, packed, of }) => {
  const leaves = packed(batch.entries.map(({ leafHash }) => leafHash));
  const types = bind(
    batch.entries.map(({ type }) => type),
    "text[]",
  );
  const given = of(
    batch.tenantId,
    `unnest(${types}, ${leaves.starts}, ${leaves.lengths}) WITH ORDINALITY AS given (type, start, length, place)`,
  );
  return `INSERT INTO ledger_entry (tenant_id, epoch, index, batch_end, type, leaf_hash, appended_at)
   SELECT head.tenant_id, ${bind(batch.epoch, "int")}, ${bind(batch.firstIndex, "bigint")} + place - 1,
          ${bind(endOf(batch), "bigint")}, type, substring(${leaves.bytes} FROM start FOR length),
          ${bind(batch.appendedAt, "timestamptz")}
     FROM ${given}`;
};

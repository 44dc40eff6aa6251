import { createHash } from "node:crypto";
import type pg from "pg";

/** The rows of entries and bytes, in tables that are nothing but tables. */
export const plainTables = `
  CREATE TABLE plain_entry (tenant_id uuid, epoch int, index bigint, batch_end bigint, type text, leaf_hash bytea,
    appended_at timestamptz(3), PRIMARY KEY (tenant_id, epoch, index));
  CREATE TABLE plain_body (tenant_id uuid, epoch int, index bigint, appended_at timestamptz(3), bytes bytea,
    PRIMARY KEY (tenant_id, epoch, index, appended_at))`;

const tenantId = "00000000-0000-7000-8000-000000000000";
let next = 0;

/** One transaction and one statement, as fast as it gets: bytes end to end, hashed where they are encoded. */
export async function insertPlainly(pool: pg.Pool, bodies: readonly Uint8Array[]): Promise<void> {
  const first = next;
  next += bodies.length;
  const hashes = bodies.map((bytes) => createHash("sha256").update(bytes).digest());
  let end = 1;
  const starts = bodies.map(({ length }) => {
    end += length;
    return end - length;
  });
  await pool.query(
    `WITH body AS (
       INSERT INTO plain_body SELECT $1::uuid, 1, $2::bigint + place, $3::timestamptz, substring($4::bytea FROM start FOR length)
         FROM unnest($5::int[], $6::int[]) WITH ORDINALITY AS given (start, length, place))
     INSERT INTO plain_entry
     SELECT $1::uuid, 1, $2::bigint + place, $2::bigint + $7::int, 'call', substring($8::bytea FROM place::int * 32 - 31 FOR 32), $3::timestamptz
       FROM generate_series(1, $7::int) AS place`,
    [
      tenantId,
      first,
      new Date(),
      Buffer.concat(bodies),
      starts,
      bodies.map(({ length }) => length),
      bodies.length,
      Buffer.concat(hashes),
    ],
  );
}

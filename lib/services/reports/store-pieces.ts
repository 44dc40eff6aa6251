import type { Hash } from "node:crypto";
import { chunkBytes, insertChunk } from "../../db/report-chunk.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { createByteJoiner } from "./join-bytes.ts";

/** Stores an archive as it comes, in pieces of one size. Answers how long it is; `hash` has heard all of it. */
export async function storePieces(
  { tenantId, id: reportId }: { readonly tenantId: string; readonly id: string },
  archive: AsyncIterable<Uint8Array>,
  hash: Hash,
): Promise<number> {
  let n = 0;
  let stored = 0;
  const store = async (bytes: Uint8Array): Promise<void> => {
    hash.update(bytes);
    await withTenantSql(tenantScope(tenantId), (sql) => insertChunk(sql, { tenantId, reportId, n, bytes }));
    n += 1;
    stored += bytes.length;
  };
  const joiner = createByteJoiner(chunkBytes);
  for await (const part of archive) for (const piece of joiner.push(part)) await store(piece);
  const rest = joiner.rest();
  if (rest.length > 0) await store(rest);
  return stored;
}

import { zstdDecompressSync } from "node:zlib";
import { type Balance, openBalance } from "../core/ledger/entries/balance.ts";
import { decodeEntry, type Entry } from "../core/ledger/entries/entry.ts";

type Query = <Row>(tenantId: string, text: string, values?: unknown[]) => Promise<Row[]>;

/** A tenant's entries from the stored bytes alone, in their order. */
export async function entriesOf(sql: Query, tenantId: string): Promise<Entry[]> {
  const rows = await sql<{ bytes: Buffer; bundled: number | null }>(
    tenantId,
    "select bytes, bundled from ledger_body where tenant_id = $1 order by epoch, index",
    [tenantId],
  );
  return rows.flatMap(bytesOfRow).map((bytes) => decodeEntry(bytes));
}

/** The entries of a row of `ledger_body`, by other means than the product: a bundle is one frame of lines. */
export function bytesOfRow({ bytes, bundled }: { bytes: Buffer; bundled: number | null }): Buffer[] {
  if (bundled === null) return [bytes];
  const lines = zstdDecompressSync(bytes).toString("latin1").split("\n");
  if (lines.length !== bundled + 1 || lines.pop() !== "")
    throw new Error("A bundle does not hold what it says.");
  return lines.map((line) => Buffer.from(line, "latin1"));
}

/** What adds up in a tenant's log, from its bytes alone. */
export async function ledgerBalance(sql: Query, tenantId: string): Promise<Balance> {
  const balance = openBalance();
  for (const entry of await entriesOf(sql, tenantId)) balance.add(entry);
  return balance.end();
}

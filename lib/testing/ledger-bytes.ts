import { type Balance, openBalance } from "../core/ledger/entries/balance.ts";
import { decodeEntry, type Entry } from "../core/ledger/entries/entry.ts";

type Query = <Row>(tenantId: string, text: string, values?: unknown[]) => Promise<Row[]>;

/** A tenant's entries from the stored bytes alone, in their order. */
export async function entriesOf(sql: Query, tenantId: string): Promise<Entry[]> {
  const rows = await sql<{ bytes: Buffer }>(
    tenantId,
    "select bytes from ledger_body where tenant_id = $1 order by epoch, index",
    [tenantId],
  );
  return rows.map(({ bytes }) => decodeEntry(bytes));
}

/** What adds up in a tenant's log, from its bytes alone. */
export async function ledgerBalance(sql: Query, tenantId: string): Promise<Balance> {
  const balance = openBalance();
  for (const entry of await entriesOf(sql, tenantId)) balance.add(entry);
  return balance.end();
}

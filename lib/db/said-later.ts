/**
 * Whether an entry at or behind a size says it: it was not so yet. One whose row has expired is older than any range. `subject` is
 * SQL; $1 is the tenant, $2 the epoch, $3 the size.
 */
export const saidLater = (kind: string, subject: string): string =>
  `EXISTS (SELECT FROM audit_event e WHERE e.tenant_id = $1::uuid AND e.kind = '${kind}' AND e.subject = ${subject}
     AND (e.ledger_epoch > $2::int OR (e.ledger_epoch = $2::int AND e.ledger_index >= $3::bigint)))`;

import { type BootBody, heartbeatDraft } from "../../core/ledger/entries/boot-body.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { appendEntries } from "./append-entries.ts";

/**
 * Appends to a tenant's log which numbers of a gateway boot have no entry yet. Say it only of numbers whose calls the
 * store has answered for: whatever is not in `open` must have its entry when this is called.
 */
export async function recordHeartbeat(tenantId: string, body: BootBody): Promise<void> {
  await withTenantSql(tenantScope(tenantId), async (sql) => {
    // crash: the lock is the first statement, as wherever something is appended.
    await lockRecording(sql, tenantId);
    await appendEntries(sql, tenantId, [heartbeatDraft(body)], new Date());
  });
}

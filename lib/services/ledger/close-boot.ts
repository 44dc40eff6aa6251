import { bootClosedDraft } from "../../core/ledger/entries/boot-body.ts";
import { highestIntent } from "../../db/call-intent.ts";
import { insertBootClosing, isBootClosed } from "../../db/ledger-boot-closing.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { appendEntries } from "./append-entries.ts";

/**
 * The last word about a gateway boot in a tenant's log: how many intents it took, each of which has its entry. Call it
 * when the boot can take no more and every intent was recorded. Harmless to repeat; says nothing where it took none.
 */
export async function closeBoot(tenantId: string, bootId: string): Promise<void> {
  const issuedTo = await withTenantSql({ read: [tenantId], write: null }, (sql) =>
    highestIntent(sql, tenantId, bootId),
  );
  if (issuedTo === null) return;
  await withTenantSql(tenantScope(tenantId), async (sql) => {
    // crash: the lock is the first statement, so that of two sweepers one finds the other's word.
    await lockRecording(sql, tenantId);
    if (await isBootClosed(sql, tenantId, bootId)) return;
    const drafts = [bootClosedDraft(bootId, issuedTo)];
    const { epoch, firstIndex } = await appendEntries(sql, tenantId, drafts, new Date());
    await insertBootClosing(sql, { tenantId, bootId, epoch, index: firstIndex });
  });
}

import { parsePolicy } from "../../lib/core/policies/parse-policy.ts";
import { documentText } from "../../lib/core/regions/document-text.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { policiesByVersion } from "../../lib/db/policy-version.ts";
import { lockRecording } from "../../lib/db/recording-head.ts";
import { tenantScope, withTenantSql } from "../../lib/db/with-tenant.ts";
import { appendEntries } from "../../lib/services/ledger/append-entries.ts";
import { sha256Hex } from "../../lib/services/secrets/canonical-json.ts";
import type { StoreTenant, StoreWorld } from "../../lib/testing/store-world.ts";
import { clockOf, openDrafts } from "../verify/drafts.ts";

const batch = 2_000;

/**
 * Fills a tenant's log with so many entries, by the product's own appending verb: calls under its policy and catalog, and the
 * heartbeats between them. What their commitments open is left out: no pack of ours holds it.
 */
export async function seedLog(
  world: StoreWorld,
  { id: tenantId }: StoreTenant,
  entries: number,
): Promise<void> {
  await world.as("worker", async () => {
    const draftAt = openDrafts(await judgedBy(tenantId));
    for (let from = 1; from <= entries; from += batch) {
      const drafts = Array.from({ length: Math.min(batch, entries + 1 - from) }, (_, i) => ({
        ...draftAt(from + i),
        openings: [],
      }));
      await withTenantSql(tenantScope(tenantId), async (sql) => {
        await lockRecording(sql, tenantId);
        await appendEntries(sql, tenantId, drafts, new Date(clockOf(from)));
      });
    }
  });
}

async function judgedBy(tenantId: string) {
  const [row] = await withTenantSql({ read: [tenantId], write: null }, (sql) =>
    policiesByVersion(sql, tenantId, [1]),
  );
  if (!row) throw new Error("The tenant has no policy.");
  return {
    policy: { version: 1, sha256: sha256Hex(documentText(row.body)), policy: parsePolicy(row.body) },
    catalog: openaiCatalog,
    catalogSha256: sha256Hex(documentText(openaiCatalog)),
  };
}

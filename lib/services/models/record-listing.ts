import { v7 } from "uuid";
import { compareListings, type ListedModel } from "../../core/calls/read-model-list.ts";
import { insertListing, newestListing } from "../../db/model-listing.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";

export type Listing = {
  readonly tenantId: string;
  readonly callId: string;
  readonly at: Date;
  readonly host: string;
  /** A code, `global`, or `unknown`. */
  readonly region: string;
  /** null: the caller's own key, which is kept nowhere. */
  readonly credentialId: string | null;
  readonly simulated: boolean;
  readonly models: readonly ListedModel[];
};

/** The same list again is kept this often, so that the page can say when it was last seen. */
const repeatMs = 10 * 60_000;

/** Keeps what the provider listed, with what changed since it last answered this key through this host. */
export async function recordListing(listing: Listing): Promise<"kept" | "unchanged"> {
  const { tenantId, callId, at, host, region, simulated, models } = listing;
  const credential = listing.credentialId ?? "caller";
  const modelsSha256 = sha256Hex(canonicalJson(models));
  return withTenantSql(tenantScope(tenantId), async (sql) => {
    const before = await newestListing(sql, tenantId, host, credential);
    const same = before?.modelsSha256 === modelsSha256;
    if (before && same && at.getTime() - before.at.getTime() < repeatMs) return "unchanged";
    await insertListing(sql, {
      tenantId,
      at,
      id: v7(),
      host,
      region,
      credential,
      callId,
      simulated,
      models,
      modelsSha256,
      first: before === null,
      ...(before === null
        ? { added: [], removed: [], shutdowns: [] }
        : compareListings(before.models, models)),
    });
    return "kept";
  });
}

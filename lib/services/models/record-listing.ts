import { v7 } from "uuid";
import { compareListings, type ListedModel } from "../../core/calls/read-model-list.ts";
import { insertListing, type ListingRow, newestListing, seeListing } from "../../db/model-listing.ts";
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

/** That the same list came again is written this often at most, so that the page can say when it was last seen. */
const repeatMs = 10 * 60_000;

/** Keeps what the provider listed, with what changed since it last answered this key through this host; the same list once. */
export async function recordListing(listing: Listing): Promise<"kept" | "unchanged"> {
  const { tenantId, callId, at, host, region, simulated, models } = listing;
  const credential = listing.credentialId ?? "caller";
  const modelsSha256 = sha256Hex(canonicalJson(models));
  return withTenantSql(tenantScope(tenantId), async (sql) => {
    const before = await newestListing(sql, tenantId, host, credential);
    if (before && isSame(before, { region, simulated, modelsSha256 })) {
      if (at.getTime() - before.at.getTime() >= repeatMs)
        await seeListing(sql, { tenantId, host, credential, at });
      return "unchanged";
    }
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

type Listed = Pick<ListingRow, "region" | "simulated" | "modelsSha256">;

function isSame(a: Listed, b: Listed): boolean {
  return a.modelsSha256 === b.modelsSha256 && a.region === b.region && a.simulated === b.simulated;
}

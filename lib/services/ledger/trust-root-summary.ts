import type { TrustRootSummary } from "../../contracts/ledger.ts";
import { newestTrustRootMark } from "../../db/ledger-trust-root.ts";

/** What a page shows of the published keys: the fingerprint is compared with a copy from elsewhere. */
export async function trustRootSummary(): Promise<TrustRootSummary | null> {
  const mark = await newestTrustRootMark();
  return mark && { ...mark, at: mark.at.toISOString() };
}

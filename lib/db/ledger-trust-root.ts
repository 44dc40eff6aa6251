import { querySql } from "./with-tenant.ts";

export type TrustRootRow = { readonly version: number; readonly at: Date; readonly document: string };

/** Read by getTrustRoot and getLog: the deployment's keys as the signer published them last. */
export async function newestTrustRoot(): Promise<TrustRootRow | null> {
  const [row] = await querySql<TrustRootRow>(
    "SELECT version, at, document FROM ledger_trust_root ORDER BY version DESC LIMIT 1",
  );
  return row ?? null;
}

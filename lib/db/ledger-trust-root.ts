import { querySql } from "./with-tenant.ts";

export type TrustRootRow = { readonly version: number; readonly at: Date; readonly document: string };

/** Read by getTrustRoot and getLog: the deployment's keys as the signer published them last. */
export async function newestTrustRoot(): Promise<TrustRootRow | null> {
  const [row] = await querySql<TrustRootRow>(
    "SELECT version, at, document FROM ledger_trust_root ORDER BY version DESC LIMIT 1",
  );
  return row ?? null;
}

/** Read by getLedger and getLog: the same in short. The document names every log; its hash is what people compare. */
export async function newestTrustRootMark(): Promise<
  (Omit<TrustRootRow, "document"> & { fingerprint: string }) | null
> {
  const [row] = await querySql<Omit<TrustRootRow, "document"> & { fingerprint: string }>(
    `SELECT version, at, encode(sha256(convert_to(document, 'UTF8')), 'hex') AS fingerprint
       FROM ledger_trust_root ORDER BY version DESC LIMIT 1`,
  );
  return row ?? null;
}

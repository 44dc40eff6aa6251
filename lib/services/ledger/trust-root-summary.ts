import type { TrustRootSummary } from "../../contracts/ledger.ts";
import { fingerprint } from "../../core/ledger/trust-root.ts";
import type { TrustRootRow } from "../../db/ledger-trust-root.ts";
import { nodeCrypto } from "./node-crypto.ts";

/** What a page shows of the published keys: by the fingerprint they are compared with a copy from elsewhere. */
export function trustRootSummary(row: TrustRootRow | null): TrustRootSummary | null {
  if (row === null) return null;
  const { version, at, document } = row;
  return {
    version,
    at: at.toISOString(),
    fingerprint: fingerprint(nodeCrypto, new TextEncoder().encode(document)),
  };
}

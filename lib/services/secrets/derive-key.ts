import { hkdfSync } from "node:crypto";
import { masterKey } from "../../env.ts";

/** What a derived key is for. Keys of different labels tell nothing about each other. */
export type KeyLabel =
  | "key-pepper"
  | "credential-encryption"
  | "alert-secret"
  | "session"
  | "internal-token"
  | "body-digest"
  | "report-digest"
  | "row-id"
  | "login-subject"
  | "fingerprint"
  | "ledger-opening"
  | "second-factor"
  | "recovery-code"
  | "import-parts"
  | "gateway-spool";

/** 32 bytes for one purpose, by HKDF-SHA-256 (RFC 5869) from the master key. */
export function deriveKey(label: KeyLabel): Buffer {
  const master = masterKey();
  const known = derived.get(label);
  if (known?.master.equals(master)) return known.key;
  const key = Buffer.from(hkdfSync("sha256", master, "domicile/v1", label, 32));
  derived.set(label, { master, key });
  return key;
}

const derived = new Map<KeyLabel, { master: Buffer; key: Buffer }>();

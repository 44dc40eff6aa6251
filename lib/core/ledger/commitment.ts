import { joinBytes, utf8Bytes } from "./bytes.ts";
import type { CryptoPort } from "./crypto-port.ts";

/**
 * Binds an entry to a value it does not hold. With the salt (32 random bytes, new for each) nobody can guess the value;
 * without it nobody can test a guess. Unambiguous: the field has no line end, and the salt a fixed length.
 */
export function commitment(
  crypto: CryptoPort,
  field: string,
  salt: Uint8Array,
  value: Uint8Array,
): Uint8Array {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(field)) throw new RangeError("This is no name of a field.");
  if (salt.length !== 32) throw new RangeError("A salt has 32 bytes.");
  return crypto.sha256(joinBytes(utf8Bytes(`domicile/commit/v1\n${field}\n`), salt, value));
}

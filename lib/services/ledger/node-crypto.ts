import { createPublicKey, hash, verify } from "node:crypto";
import type { CryptoPort } from "../../core/ledger/crypto-port.ts";

/** SHA-256 and Ed25519 of Node itself. */
export const nodeCrypto: CryptoPort = {
  // By way of a string: a buffer that Node makes for one hash has memory of its own, which costs as much as the hash.
  sha256: (bytes) => Buffer.from(hash("sha256", bytes, "binary"), "binary"),
  verifyEd25519: (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      const key = createPublicKey({
        key: Buffer.concat([spkiPrefix, publicKey]),
        format: "der",
        type: "spki",
      });
      return verify(null, message, key, signature);
    } catch {
      // Not every 32 bytes are a point on the curve.
      return false;
    }
  },
};

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes, RFC 8410. */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

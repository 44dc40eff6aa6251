import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { CryptoPort } from "../core/ledger/crypto-port.ts";

/**
 * SHA-256 and Ed25519 (RFC 8032) for the checks that run in the reader's browser. The platform's own are not used: they
 * answer later, and the core does not wait.
 */
export const browserCrypto: CryptoPort = {
  sha256: (bytes) => sha256(bytes),
  verifyEd25519: (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      // As strict as RFC 8032: what one verifier takes, every verifier takes.
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};

/**
 * What the ledger's code needs of cryptography. Synchronous and without state; arguments are neither kept nor changed.
 * Node brings `node:crypto`, the browser its own.
 */
export type CryptoPort = {
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** RFC 8032. False, never an exception, for a key or a signature of another form. */
  readonly verifyEd25519: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
};

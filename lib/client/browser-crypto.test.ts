import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { browserCrypto } from "./browser-crypto.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));

describe("the browser's crypto", () => {
  it("hashes as the platform does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(browserCrypto.sha256(bytes))).toEqual(createHash("sha256").update(bytes).digest());
      }),
    );
  });

  it("accepts RFC 8032's second test vector, and no message, key or signature with a bit changed", () => {
    const publicKey = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const message = hex("72");
    const signature = hex(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
    expect(browserCrypto.verifyEd25519(publicKey, message, signature)).toBe(true);
    for (const at of [0, 17, 31, 32, 47, 63]) {
      expect(browserCrypto.verifyEd25519(publicKey, message, flipped(signature, at))).toBe(false);
      expect(browserCrypto.verifyEd25519(flipped(publicKey, at % 32), message, signature)).toBe(false);
    }
    expect(browserCrypto.verifyEd25519(publicKey, hex("73"), signature)).toBe(false);
  });

  it("agrees with the platform about its signatures", () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const raw = new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-32));
    for (const text of ["", "a", "a checkpoint\n1\n"]) {
      const message = Buffer.from(text);
      const signature = sign(null, message, privateKey);
      expect(verify(null, message, createPublicKey(privateKey), signature)).toBe(true);
      expect(browserCrypto.verifyEd25519(raw, message, new Uint8Array(signature))).toBe(true);
    }
  });

  it("says no to what is no key and no signature, and does not throw", () => {
    expect(browserCrypto.verifyEd25519(new Uint8Array(31), new Uint8Array(), new Uint8Array(64))).toBe(false);
    expect(
      browserCrypto.verifyEd25519(new Uint8Array(32).fill(255), new Uint8Array(), new Uint8Array(64)),
    ).toBe(false);
    expect(browserCrypto.verifyEd25519(new Uint8Array(32), new Uint8Array(), new Uint8Array(65))).toBe(false);
    // The identity point as key and the all-zero signature: accepted by verifiers that allow points of small order.
    const identity = Uint8Array.of(1, ...new Uint8Array(31));
    const nothing = Uint8Array.of(...identity, ...new Uint8Array(32));
    expect(browserCrypto.verifyEd25519(identity, Buffer.from("anything"), nothing)).toBe(false);
  });
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

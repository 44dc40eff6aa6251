import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { nodeCrypto } from "../../../services/ledger/node-crypto.ts";
import { cosigner } from "../cosignature.ts";
import { ed25519Type, formatVerifierKey, type NoteSigner } from "../note.ts";

/** An Ed25519 key out of one number: the same in every run, and nobody's. */
export function testKey(seed: number) {
  const privateKey = createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, seed)]),
    format: "der",
    type: "pkcs8",
  });
  const publicKey = Buffer.from(createPublicKey(privateKey).export({ format: "jwk" }).x ?? "", "base64url");
  const signMessage = (message: Uint8Array): Uint8Array => sign(null, message, privateKey);
  return {
    publicKey,
    vkey: (name: string, type: number) => formatVerifierKey(nodeCrypto, name, type, publicKey),
    signer: (name: string): NoteSigner => ({ name, type: ed25519Type, publicKey, sign: signMessage }),
    clock: (name: string, time: bigint): NoteSigner => cosigner({ name, publicKey, time, sign: signMessage }),
  };
}

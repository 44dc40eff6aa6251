import { createDecipheriv, createHmac } from "node:crypto";
import { nodeCrypto } from "../../../lib/services/ledger/node-crypto.ts";
import { readVectors } from "../read-vectors.ts";
import type { VectorSet } from "../vector-set.ts";

type Test = Readonly<Record<"msg" | "sig" | "key" | "tag" | "iv" | "aad" | "ct" | "comment", string>> & {
  readonly tcId: number;
  readonly result: "valid" | "invalid" | "acceptable";
};
type Group = {
  readonly publicKey: { readonly pk: string };
  readonly keySize: number;
  readonly ivSize: number;
  readonly tagSize: number;
  readonly tests: readonly Test[];
};

const source = "C2SP/wycheproof testvectors_v1";
const hex = (text: string): Buffer => Buffer.from(text, "hex");
const nameOf = ({ tcId, comment }: Test): string => `test ${tcId}${comment ? `, ${comment}` : ""}`;
const groupsOf = (file: string): readonly Group[] =>
  readVectors<{ readonly testGroups: readonly Group[] }>(file).testGroups;

export const ed25519Set: VectorSet = {
  name: "Ed25519 verification",
  source,
  folder: "wycheproof/ed25519_test.json",
  run: (file, tally) => {
    for (const { publicKey, tests } of groupsOf(file))
      for (const test of tests) {
        const accepted = nodeCrypto.verifyEd25519(hex(publicKey.pk), hex(test.msg), hex(test.sig));
        tally.same(nameOf(test), accepted, test.result === "valid");
      }
  },
};

export const hmacSet: VectorSet = {
  name: "HMAC-SHA-256",
  source,
  folder: "wycheproof/hmac_sha256_test.json",
  run: (file, tally) => {
    for (const { tests, tagSize } of groupsOf(file))
      for (const test of tests) {
        const tag = createHmac("sha256", hex(test.key)).update(hex(test.msg)).digest();
        tally.same(nameOf(test), tag.subarray(0, tagSize / 8).equals(hex(test.tag)), test.result === "valid");
      }
  },
};

export const aesGcmSet: VectorSet = {
  name: "AES-GCM",
  source,
  folder: "wycheproof/aes_gcm_test.json",
  run: (file, tally) => {
    let others = 0;
    for (const { tests, keySize, ivSize, tagSize } of groupsOf(file)) {
      const isOurs = keySize === 256 && ivSize === 96 && tagSize === 128;
      if (!isOurs) others += tests.length;
      else for (const test of tests) tally.same(nameOf(test), opens(test), test.result === "valid");
    }
    tally.skip(
      "other keys and nonces",
      others,
      "all that is sealed here has a 256-bit key and a 96-bit nonce",
    );
  },
};

function opens({ key, iv, aad, ct, tag, msg }: Test): boolean {
  const decipher = createDecipheriv("aes-256-gcm", hex(key), hex(iv), { authTagLength: 16 });
  decipher.setAAD(hex(aad));
  decipher.setAuthTag(hex(tag));
  try {
    return Buffer.concat([decipher.update(hex(ct)), decipher.final()]).equals(hex(msg));
  } catch {
    return false;
  }
}

import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import {
  ed25519Type,
  formatVerifierKey,
  NoteError,
  openNote,
  parseVerifierKey,
  signNote,
} from "../../../lib/core/ledger/note.ts";
import { nodeCrypto } from "../../../lib/services/ledger/node-crypto.ts";
import { readVectors } from "../read-vectors.ts";
import type { Tally, VectorSet } from "../vector-set.ts";

type Vectors = {
  readonly verifierKeys: {
    readonly valid: readonly string[];
    readonly invalid: readonly { readonly vkey: string; readonly why: string }[];
  };
  readonly signerKey: { readonly skey: string; readonly text: string; readonly expectedNote: string };
  readonly open: readonly {
    readonly name: string;
    readonly keys: readonly string[];
    readonly noteHexPrefix?: string;
    readonly note: string;
    readonly ok: boolean;
    readonly verified?: readonly string[];
    readonly unverified?: readonly string[];
    readonly unverifiedCount?: number;
  }[];
  readonly sign: readonly { readonly name: string; readonly text?: string; readonly signerName?: string }[];
};

export const signedNoteSet: VectorSet = {
  name: "Signed notes and verifier keys",
  source: "C2SP signed-note, golang/mod sumdb/note, transcribed",
  folder: "transcribed/signed-note.json",
  run: (file, tally) => {
    const vectors = readVectors<Vectors>(file);
    runKeys(vectors, tally);
    runSigning(vectors, tally);
    runOpening(vectors, tally);
  },
};

function runKeys({ verifierKeys: { valid, invalid } }: Vectors, tally: Tally): void {
  for (const vkey of valid) {
    const { name, type, publicKey } = parseVerifierKey(nodeCrypto, vkey);
    tally.same(vkey, formatVerifierKey(nodeCrypto, name, type, publicKey), vkey);
    for (let i = 0; i < vkey.length; i++) {
      const nearby = [
        vkey.slice(0, i),
        vkey.slice(i + 1),
        vkey.slice(0, i) + next(vkey, i) + vkey.slice(i + 1),
      ];
      for (const other of nearby)
        tally.refused(`"${other}" for "${vkey}"`, NoteError, () => parseVerifierKey(nodeCrypto, other));
    }
  }
  for (const { vkey, why } of invalid)
    tally.refused(`${why}: ${vkey}`, NoteError, () => parseVerifierKey(nodeCrypto, vkey));
}

const next = (text: string, at: number): string => String.fromCharCode(text.charCodeAt(at) + 1);

function runSigning(
  { signerKey: { skey, text, expectedNote }, sign: refusals }: Vectors,
  tally: Tally,
): void {
  const [, name = "", encoded = ""] = /^PRIVATE\+KEY\+([^+]+)\+[0-9a-f]{8}\+(.+)$/.exec(skey) ?? [];
  const material = Buffer.from(encoded, "base64");
  const key = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, material.subarray(1)]),
    format: "der",
    type: "pkcs8",
  });
  const publicKey = Buffer.from(createPublicKey(key).export({ format: "jwk" }).x ?? "", "base64url");
  const signer = {
    name,
    type: ed25519Type,
    publicKey,
    sign: (message: Uint8Array) => sign(null, message, key),
  };
  tally.same(`note signed by ${name}`, signNote(nodeCrypto, text, [signer]), expectedNote);
  for (const refusal of refusals)
    tally.refused(refusal.name, NoteError, () =>
      signNote(nodeCrypto, refusal.text ?? text, [{ ...signer, name: refusal.signerName ?? name }]),
    );
}

/** An Ed25519 private key up to its 32 bytes, RFC 8410. */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

function runOpening({ open }: Vectors, tally: Tally): void {
  for (const { name, keys, noteHexPrefix = "", note, ok, verified, unverified, unverifiedCount } of open) {
    const openIt = () => {
      const bytes = Buffer.concat([Buffer.from(noteHexPrefix, "hex"), Buffer.from(note)]);
      const opened = openNote(
        nodeCrypto,
        textOf(bytes),
        keys.map((key) => parseVerifierKey(nodeCrypto, key)),
      );
      const others = opened.unverified.map((each) => each.name);
      return { verified: opened.verified.map(({ key }) => key.name), others };
    };
    if (!ok) {
      tally.refused(name, NoteError, openIt);
      continue;
    }
    const opened = openIt();
    tally.same(
      name,
      { ...opened, others: unverified ? opened.others : opened.others.length },
      { verified, others: unverified ?? unverifiedCount ?? 0 },
    );
  }
}

/** As every reader of ours does it: what is not UTF-8 is no note. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NoteError("malformed", "This is not UTF-8.");
  }
}

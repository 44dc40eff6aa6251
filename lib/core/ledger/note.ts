import { bytesEqual, fromBase64, joinBytes, toBase64, toHex, utf8Bytes } from "./bytes.ts";
import { cosignatureType, readCosignature } from "./cosignature.ts";
import type { CryptoPort } from "./crypto-port.ts";

/** Key type of a plain Ed25519 signature. C2SP signed-note. */
export const ed25519Type = 0x01;

/** A public key by name. `type` is 0x01 (signature) or 0x04 (cosignature with a time). */
export type VerifierKey = {
  readonly name: string;
  /** Four bytes. */
  readonly keyId: Uint8Array;
  readonly type: number;
  readonly publicKey: Uint8Array;
};

export type NoteSigner = {
  readonly name: string;
  readonly type: number;
  readonly publicKey: Uint8Array;
  /** Is given the note's text; answers all that follows the key id in the signature line. */
  readonly sign: (message: Uint8Array) => Uint8Array;
};

/** `time`: what a cosignature says, POSIX seconds; null for a plain signature. */
export type VerifiedSignature = { readonly key: VerifierKey; readonly time: bigint | null };

/** A signature by a key that was not asked for: nothing is known about it. */
export type UnverifiedSignature = { readonly name: string; readonly keyId: Uint8Array };

export type OpenedNote = {
  /** With its final line end. */
  readonly text: string;
  readonly verified: readonly VerifiedSignature[];
  readonly unverified: readonly UnverifiedSignature[];
};

/** What is wrong with a note or a verifier key, in words that repeat no secret. */
export class NoteError extends Error {
  override readonly name = "NoteError";
  readonly code: "malformed" | "bad_key" | "ambiguous_key" | "bad_signature" | "no_known_signature";

  constructor(code: NoteError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Reads `<name>+<key id>+<type and key>`. The key id is computed, never believed. */
export function parseVerifierKey(crypto: CryptoPort, text: string): VerifierKey {
  const [, name, id, encoded] = /^([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const material = encoded === undefined ? null : fromBase64(encoded);
  if (name === undefined || !material) throw new NoteError("bad_key", "This is no verifier key.");
  const key = verifierKey(crypto, name, material[0] ?? -1, material.subarray(1));
  if (toHex(key.keyId) !== id)
    throw new NoteError("bad_key", `The key id of "${name}" is not that of its key.`);
  return key;
}

/** The text that `parseVerifierKey` reads. `type`: 0x01 Ed25519, 0x04 a cosignature with a time (C2SP signed-note, tlog-cosignature). */
export function formatVerifierKey(
  crypto: CryptoPort,
  name: string,
  type: number,
  publicKey: Uint8Array,
): string {
  const key = verifierKey(crypto, name, type, publicKey);
  return `${name}+${toHex(key.keyId)}+${toBase64(joinBytes(Uint8Array.of(type), publicKey))}`;
}

/** Text, an empty line, a line per signature. C2SP signed-note. */
export function signNote(crypto: CryptoPort, text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith("\n") || !isNoteText(text))
    throw new NoteError("malformed", "This cannot be a note's text.");
  if (signers.length === 0) throw new NoteError("malformed", "A note has at least one signature.");
  const lines = signers.map(({ name, type, publicKey, sign }) => {
    const { keyId } = verifierKey(crypto, name, type, publicKey);
    return `${dash}${name} ${toBase64(joinBytes(keyId, sign(utf8Bytes(text))))}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/**
 * Opens a note under the keys the caller trusts. trust: a note says nothing until one of those keys signed it; a signature
 * that claims such a key and is wrong spoils the whole note; other signatures are named and ignored. Throws NoteError.
 */
export function openNote(
  crypto: CryptoPort,
  noteText: string,
  verifierKeys: readonly VerifierKey[],
): OpenedNote {
  const { text, signatures } = splitNote(noteText);
  refuseAmbiguous(verifierKeys);
  const verified: VerifiedSignature[] = [];
  const unverified: UnverifiedSignature[] = [];
  for (const { name, keyId, signature } of signatures) {
    const isIt = (key: VerifierKey) => key.name === name && bytesEqual(key.keyId, keyId);
    const key = verifierKeys.find(isIt);
    if (!key) {
      unverified.push({ name, keyId });
      continue;
    }
    const time = verifySignature(crypto, key, text, signature);
    if (!verified.some((each) => isIt(each.key))) verified.push({ key, time });
  }
  if (verified.length === 0)
    throw new NoteError("no_known_signature", "None of the keys that count has signed this.");
  return { text, verified, unverified };
}

/** trust: reads the form and verifies nothing. Throws NoteError where it is no note. */
export function splitNote(note: string): {
  readonly text: string;
  readonly signatures: readonly (UnverifiedSignature & { readonly signature: Uint8Array })[];
} {
  const end = note.lastIndexOf("\n\n");
  if (note.length > noteLengthMax || end < 0 || !isNoteText(note) || !note.endsWith("\n")) throw malformed();
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > signaturesMax) throw malformed();
  return { text: note.slice(0, end + 1), signatures: [...new Set(lines)].map(readSignatureLine) };
}

function readSignatureLine(line: string) {
  const [, name = "", encoded = ""] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || !bytes || bytes.length < 5) throw malformed();
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** The signed time, if it has one. Throws where the signature is not the key's. */
function verifySignature(
  crypto: CryptoPort,
  key: VerifierKey,
  text: string,
  signature: Uint8Array,
): bigint | null {
  if (key.type === cosignatureType) {
    const read = readCosignature(crypto, key.publicKey, text, signature);
    if (read?.verified) return read.time;
  } else if (signature.length === 64 && crypto.verifyEd25519(key.publicKey, utf8Bytes(text), signature))
    return null;
  throw new NoteError("bad_signature", `The signature that names the key "${key.name}" is not that key's.`);
}

function verifierKey(crypto: CryptoPort, name: string, type: number, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new NoteError("bad_key", "A key's name has neither spaces nor plus signs.");
  if (type !== ed25519Type && type !== cosignatureType)
    throw new NoteError("bad_key", `The type of the key "${name}" is none this program knows.`);
  if (publicKey.length !== 32) throw new NoteError("bad_key", `The key "${name}" is no Ed25519 key.`);
  const hashed = crypto.sha256(joinBytes(utf8Bytes(name), Uint8Array.of(0x0a, type), publicKey));
  return { name, keyId: hashed.slice(0, 4), type, publicKey };
}

function refuseAmbiguous(keys: readonly VerifierKey[]): void {
  const names = keys.map(({ name, keyId }) => `${name}+${toHex(keyId)}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new NoteError("ambiguous_key", `The key ${twice} is listed twice.`);
}

/** Of all that makes a signed note: 16 post-quantum signatures of 5 kB are what C2SP wants accepted. */
const noteLengthMax = 1_000_000;
const signaturesMax = 100;
const dash = "\u2014 ";

const malformed = () => new NoteError("malformed", "This is no signed note.");
const isKeyName = (name: string): boolean => name !== "" && name.isWellFormed() && !/[\s+\u0085]/u.test(name);

/** No control characters (below U+0020) but line ends. */
function isNoteText(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x20 && text[i] !== "\n") return false;
  return text.isWellFormed();
}

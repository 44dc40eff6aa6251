import { createHmac, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import { deriveKey } from "../secrets/derive-key.ts";

/** `dom_<8 public characters>_<40 secret ones>_<6 of a checksum>`, all base62. */
export type ParsedKey = { readonly lookupId: string; readonly whole: string };

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const shape = /^dom_([0-9A-Za-z]{8})_([0-9A-Za-z]{32,64})_([0-9A-Za-z]{6})$/;
const secretLength = 40;

/** A new key: 238 bits of secret. */
export function generateKey(): ParsedKey {
  const lookupId = randomText(8);
  const body = `dom_${lookupId}_${randomText(secretLength)}`;
  return { lookupId, whole: `${body}_${checksum(body)}` };
}

/** null where it is no key of ours, mistyped or cut; known without asking the database. */
export function parseKey(presented: string): ParsedKey | null {
  const match = shape.exec(presented);
  if (!match) return null;
  const [whole, lookupId = "", , stated = ""] = match;
  return checksum(whole.slice(0, -7)) === stated ? { lookupId, whole } : null;
}

/** What is stored of a key. Without the master key nobody can test a guess against it. */
export function hashKey(whole: string): Buffer {
  return createHmac("sha256", deriveKey("key-pepper")).update(whole).digest();
}

/** First characters, enough to recognise it. */
export function keyHint(lookupId: string): string {
  return `dom_${lookupId.slice(0, 4)}…`;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let text = "";
  for (let i = 0; i < 6; i++) {
    text = alphabet.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(62))).join("");
}

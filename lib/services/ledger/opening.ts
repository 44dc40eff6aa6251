import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { commitment } from "../../core/ledger/commitment.ts";
import type { EntryOpening } from "../../core/ledger/entries/entry-draft.ts";
import type { BundleRange } from "../../db/entry-bundle.ts";
import type { LedgerOpeningRow } from "../../db/ledger-batch.ts";
import { deriveKey } from "../secrets/derive-key.ts";
import { nodeCrypto } from "./node-crypto.ts";

/** Which entry an opening belongs to. It opens for no other. */
export type OpeningPlace = { readonly tenantId: string; readonly epoch: number; readonly index: number };

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const saltBytes = 32;
/** In the place of a field, where openings of several entries are sealed together. */
const bundleField = "*";

/** A value of an entry that was committed to: what goes into the entry, and what opens it. */
export type Committed = {
  readonly index: number;
  readonly field: string;
  /** Base64. */
  readonly commitment: string;
  readonly salt: Buffer;
  readonly value: string;
  readonly subjectIndex: Uint8Array | null;
};

/**
 * Commits to values of one batch: the commitment goes into the entry, salt and value are sealed by `sealOpenings`. Whoever
 * deletes them leaves a commitment that nobody can open or guess. Good for as many values as it is told: their
 * randomness is drawn at once.
 */
export function committer(
  tenantId: string,
  values: number,
): (opening: EntryOpening, index: number) => Committed {
  const keys = tenantKeys(tenantId);
  const draw = drawing(values, saltBytes);
  // Calls of one batch are made for few people.
  const indexes = new Map<string, Uint8Array>();
  const subjectIndex = (subject: string): Uint8Array => {
    const known = indexes.get(subject) ?? indexOf(keys.subjects, subject);
    indexes.set(subject, known);
    return known;
  };
  return ({ field, value, subject }, index) => {
    const salt = draw();
    return {
      index,
      field,
      commitment: commitmentTo(field, { salt, value }),
      salt,
      value,
      subjectIndex: subject === undefined ? null : subjectIndex(subject),
    };
  };
}

/** As an entry holds it: Base64. */
export function commitmentTo(field: string, { salt, value }: Opened): string {
  return Buffer.from(commitment(nodeCrypto, field, salt, Buffer.from(value, "utf8"))).toString("base64");
}

/** So many values of this length, drawn at once: each is another one. */
function drawing(values: number, length: number): () => Buffer {
  const random = randomBytes(values * length);
  let drawn = 0;
  return () => {
    if (drawn + length > random.length) throw new Error("More values are drawn than were announced.");
    drawn += length;
    return random.subarray(drawn - length, drawn);
  };
}

/**
 * What was committed to, sealed under the tenant's key. What is about a person has a row of its own, by which it is found
 * and erased; the rest of entries that lie together is sealed together.
 */
export function sealOpenings(
  log: Omit<OpeningPlace, "index">,
  committed: readonly Committed[],
  ranges: readonly BundleRange[],
): LedgerOpeningRow[] {
  const key = tenantKeys(log.tenantId).sealing;
  const nonce = drawing(committed.length, nonceBytes);
  const rows: LedgerOpeningRow[] = [];
  let at = 0;
  for (const { index: first, entries } of ranges) {
    const together: Committed[] = [];
    for (; at < committed.length; at++) {
      const one = committed[at];
      if (!one || one.index >= first + entries) break;
      if (entries > 1 && one.subjectIndex === null) together.push(one);
      else rows.push(sealedAlone(key, nonce(), log, one));
    }
    if (together.length > 0) {
      const content = together.map(
        ({ index, field, salt, value }): SealedItem => [index - first, field, salt.toString("base64"), value],
      );
      const bound = additionalData(bundleField, { ...log, index: first }, entries);
      const sealed = seal(key, nonce(), Buffer.from(JSON.stringify(content)), bound);
      rows.push({ index: first, field: bundleField, subjectIndex: null, sealed, bundled: entries });
    }
  }
  return rows;
}

function sealedAlone(
  key: KeyObject,
  nonce: Buffer,
  log: Omit<OpeningPlace, "index">,
  one: Committed,
): LedgerOpeningRow {
  const { index, field, salt, value, subjectIndex } = one;
  const content = Buffer.concat([salt, Buffer.from(value, "utf8")]);
  const bound = additionalData(field, { ...log, index }, null);
  const sealed = seal(key, nonce, content, bound);
  return { index, field, subjectIndex, sealed, bundled: null };
}

/** Place behind the first entry's, field, salt in Base64, value. */
type SealedItem = [behind: number, field: string, salt: string, value: string];

export type Opened = { readonly salt: Uint8Array; readonly value: string };

/** Salt and value behind a commitment. Throws where a byte, the key or the place is another one. */
export function readOpening(sealed: Uint8Array, field: string, place: OpeningPlace): Opened {
  const opened = unseal(sealed, additionalData(field, place, null), place.tenantId);
  if (opened.length < saltBytes) throw unknownForm();
  return { salt: opened.subarray(0, saltBytes), value: opened.subarray(saltBytes).toString("utf8") };
}

/** The same for entries sealed together, `place` that of the first. Throws as well where one stands in it twice. */
export function readOpenings(
  sealed: Uint8Array,
  place: OpeningPlace,
  entries: number,
): (Opened & { readonly index: number; readonly field: string })[] {
  const opened = unseal(sealed, additionalData(bundleField, place, entries), place.tenantId);
  const items = (JSON.parse(opened.toString("utf8")) as SealedItem[]).map(([behind, field, salt, value]) => ({
    index: place.index + behind,
    field,
    salt: Buffer.from(salt, "base64"),
    value,
  }));
  if (new Set(items.map(({ index, field }) => `${index} ${field}`)).size < items.length) throw unknownForm();
  return items;
}

function unseal(sealed: Uint8Array, bound: Buffer, tenantId: string): Buffer {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== version || bytes.length < 1 + nonceBytes + tagBytes) throw unknownForm();
  const key = tenantKeys(tenantId).sealing;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, 1 + nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(bound);
  decipher.setAuthTag(bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(1 + nonceBytes + tagBytes)), decipher.final()]);
}

const unknownForm = () => new Error("A stored opening has a form this version does not know.");

/** What a person's openings are found by, from the identifier. Without the tenant's key it is no more than a number. */
export function subjectIndexOf(tenantId: string, subject: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(indexOf(tenantKeys(tenantId).subjects, subject));
}

function indexOf(key: KeyObject, subject: string): Uint8Array {
  return createHmac("sha256", key).update(subject, "utf8").digest();
}

function seal(key: KeyObject, nonce: Buffer, content: Buffer, bound: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(bound);
  const hidden = [cipher.update(content), cipher.final()];
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), ...hidden]);
}

function additionalData(
  field: string,
  { tenantId, epoch, index }: OpeningPlace,
  entries: number | null,
): Buffer {
  const place = `${tenantId}|${epoch}|${index}`;
  return Buffer.from(
    entries === null ? `domicile/opening/${place}|${field}` : `domicile/openings/${place}|${entries}`,
  );
}

type TenantKeys = { readonly master: Buffer; readonly sealing: KeyObject; readonly subjects: KeyObject };

function tenantKeys(tenantId: string): TenantKeys {
  const master = deriveKey("ledger-opening");
  const known = derived.get(tenantId);
  if (known?.master.equals(master)) return known;
  // A key object: a cipher begins several times faster with it than with bytes.
  const key = (purpose: string) =>
    createSecretKey(Buffer.from(hkdfSync("sha256", master, tenantId, purpose, 32)));
  const keys = { master, sealing: key("opening"), subjects: key("subject") };
  derived.set(tenantId, keys);
  return keys;
}

const derived = new Map<string, TenantKeys>();

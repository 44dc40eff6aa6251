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
import type { LedgerOpeningRow } from "../../db/ledger-batch.ts";
import { deriveKey } from "../secrets/derive-key.ts";
import { nodeCrypto } from "./node-crypto.ts";

/** Which entry an opening belongs to. It opens for no other. */
export type OpeningPlace = { readonly tenantId: string; readonly epoch: number; readonly index: number };

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const saltBytes = 32;

export type Committed = { readonly commitment: string; readonly row: LedgerOpeningRow };

/**
 * Commits to values of one batch: the commitment goes into the entry, salt and value are sealed under the tenant's key.
 * Whoever deletes the row leaves a commitment that nobody can open or guess. Good for as many values as it is told: their
 * randomness is drawn at once.
 */
export function committer(
  log: Omit<OpeningPlace, "index">,
  values: number,
): (opening: EntryOpening, index: number) => Committed {
  const keys = tenantKeys(log.tenantId);
  const random = randomBytes(values * (saltBytes + nonceBytes));
  let drawn = 0;
  const draw = (length: number): Buffer => {
    if (drawn + length > random.length) throw new Error("More values are committed to than were announced.");
    drawn += length;
    return random.subarray(drawn - length, drawn);
  };
  // Calls of one batch are made for few people.
  const indexes = new Map<string, Uint8Array>();
  const subjectIndex = (subject: string): Uint8Array => {
    const known = indexes.get(subject) ?? indexOf(keys.subjects, subject);
    indexes.set(subject, known);
    return known;
  };
  return ({ field, value, subject }, index) => {
    const salt = draw(saltBytes);
    const bytes = Buffer.from(value, "utf8");
    const bound = additionalData(field, { ...log, index });
    const sealed = seal(keys.sealing, draw(nonceBytes), Buffer.concat([salt, bytes]), bound);
    return {
      commitment: Buffer.from(commitment(nodeCrypto, field, salt, bytes)).toString("base64"),
      row: {
        index,
        field,
        subjectIndex: subject === undefined ? null : subjectIndex(subject),
        sealed,
      },
    };
  };
}

/** Salt and value behind a commitment. Throws where a byte, the key or the place is another one. */
export function readOpening(
  sealed: Uint8Array,
  field: string,
  place: OpeningPlace,
): { salt: Uint8Array; value: string } {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== version || bytes.length < 1 + nonceBytes + tagBytes + saltBytes)
    throw new Error("A stored opening has a form this version does not know.");
  const key = tenantKeys(place.tenantId).sealing;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, 1 + nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(additionalData(field, place));
  decipher.setAuthTag(bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes));
  const opened = Buffer.concat([
    decipher.update(bytes.subarray(1 + nonceBytes + tagBytes)),
    decipher.final(),
  ]);
  return { salt: opened.subarray(0, saltBytes), value: opened.subarray(saltBytes).toString("utf8") };
}

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

function additionalData(field: string, { tenantId, epoch, index }: OpeningPlace): Buffer {
  return Buffer.from(`domicile/opening/${tenantId}|${epoch}|${index}|${field}`);
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

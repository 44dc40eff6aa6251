import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import type { PartKey } from "../../db/import.ts";
import { keyedRowId } from "../intake/row-id.ts";
import { deriveKey, keysToOpen } from "../secrets/derive-key.ts";
import { openWith } from "../secrets/open-with.ts";
import type { RecordPlace } from "./read-records.ts";

export type PartRecord = RecordPlace & {
  readonly report: ReportedCall;
  /** Of a row without an id: as it would be known if it was recorded before such ids were keyed. */
  readonly formerId?: string;
};

const nonceBytes = 12;
const tagBytes = 16;

/**
 * What was read of a piece of a file, for the worker alone: a report may name an end user. AES-256-GCM over deflate. It opens
 * in no other place.
 */
export function sealPart(records: readonly PartRecord[], place: PartKey): Buffer {
  return seal(deflateRawSync(JSON.stringify(records)), place);
}

/** Throws where a byte, the key or the place is another one. While the master key changes, both of its keys count. */
export function openPart(bytes: Uint8Array, place: PartKey): PartRecord[] {
  const { plain } = openWith(keysToOpen("import-parts"), (key) => unseal(bytes, place, key));
  const records = JSON.parse(inflateRawSync(plain).toString()) as PartRecord[];
  // One that was sealed before records had a number goes by its line, as its errors of then do.
  return records.map((each) => ({ ...withKeyedId(each, place), record: each.record ?? each.line }));
}

/** The same part, sealed under the master key of now; null where it is that already. Throws as `openPart` does. */
export function resealPart(bytes: Uint8Array, place: PartKey): Buffer | null {
  const { key, plain } = openWith(keysToOpen("import-parts"), (each) => unseal(bytes, place, each));
  return key === 0 ? null : seal(plain, place);
}

function seal(plain: Uint8Array, place: PartKey): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", deriveKey("import-parts"), nonce);
  cipher.setAAD(additionalData(place));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function unseal(bytes: Uint8Array, place: PartKey, key: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(additionalData(place));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
}

/** Of one that was sealed before ids of rows were keyed. */
function withKeyedId(record: PartRecord, { tenantId }: PartKey): PartRecord {
  const { clientId } = record.report;
  const keyed = keyedRowId(tenantId, clientId);
  return keyed === null
    ? record
    : { ...record, report: { ...record.report, clientId: keyed }, formerId: clientId };
}

function additionalData({ tenantId, importId, seq }: PartKey): Buffer {
  return Buffer.from(`domicile/import/${tenantId}/${importId}/${seq}`);
}

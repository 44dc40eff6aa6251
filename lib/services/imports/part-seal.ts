import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import type { PartKey } from "../../db/import.ts";
import { keyedRowId } from "../intake/row-id.ts";
import { deriveKey } from "../secrets/derive-key.ts";
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
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", deriveKey("import-parts"), nonce);
  cipher.setAAD(additionalData(place));
  const sealed = Buffer.concat([cipher.update(deflateRawSync(JSON.stringify(records))), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Throws where a byte, the key or the place is another one. */
export function openPart(bytes: Uint8Array, place: PartKey): PartRecord[] {
  const decipher = createDecipheriv("aes-256-gcm", deriveKey("import-parts"), bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(additionalData(place));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const plain = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
  const records = JSON.parse(inflateRawSync(plain).toString()) as PartRecord[];
  // One that was sealed before records had a number goes by its line, as its errors of then do.
  return records.map((each) => ({ ...withKeyedId(each, place), record: each.record ?? each.line }));
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

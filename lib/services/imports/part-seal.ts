import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import { deriveKey } from "../secrets/derive-key.ts";
import type { RecordPlace } from "./read-records.ts";

export type PartRecord = RecordPlace & { readonly report: ReportedCall };

/** Which piece of which import. It opens as nothing else. */
export type PartPlace = { readonly tenantId: string; readonly importId: string; readonly seq: number };

const nonceBytes = 12;
const tagBytes = 16;

/** What was read of a piece of a file, for the worker alone: a report may name an end user. AES-256-GCM over deflate. */
export function sealPart(records: readonly PartRecord[], place: PartPlace): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", deriveKey("import-parts"), nonce);
  cipher.setAAD(additionalData(place));
  const sealed = Buffer.concat([cipher.update(deflateRawSync(JSON.stringify(records))), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Throws where a byte, the key or the place is another one. */
export function openPart(bytes: Uint8Array, place: PartPlace): PartRecord[] {
  const decipher = createDecipheriv("aes-256-gcm", deriveKey("import-parts"), bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(additionalData(place));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const plain = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
  const records = JSON.parse(inflateRawSync(plain).toString()) as PartRecord[];
  // One that was sealed before records had a number goes by its line, as its errors of then do.
  return records.map((each) => ({ ...each, record: each.record ?? each.line }));
}

function additionalData({ tenantId, importId, seq }: PartPlace): Buffer {
  return Buffer.from(`domicile/import/${tenantId}/${importId}/${seq}`);
}

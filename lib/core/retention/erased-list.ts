import { utf8Bytes } from "../ledger/bytes.ts";

export const erasureEvent = "privacy.erased";

export type ErasedOpening = { readonly epoch: number; readonly index: number; readonly field: string };

/**
 * The list of openings that went with an erasure, as it is hashed (SHA-256) into the entry: a line each, in the order of
 * place and field. The list itself stays with the request; the log does not say which entries spoke of one person.
 */
export function erasedListBytes(openings: readonly ErasedOpening[]): Uint8Array {
  const sorted = [...openings].sort(
    (a, b) => a.epoch - b.epoch || a.index - b.index || (a.field < b.field ? -1 : 1),
  );
  const lines = sorted.map(({ epoch, index, field }) => `${epoch} ${index} ${field}\n`);
  return utf8Bytes(`domicile/erased/v1\n${lines.join("")}`);
}

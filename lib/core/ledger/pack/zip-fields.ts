/** Reads exactly so many bytes of a file, from there on. Asked only for what the file has. */
export type ReadAt = (offset: number, length: number) => Uint8Array;

/** More files than that no pack has: two for each 4,096 entries. */
export const filesMax = 10_000;

/** An archive that is no pack's. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";

  constructor(problem: string) {
    super(`The archive ${problem}`);
  }
}

/** A file as the archive's directory tells of it. */
export type ZipEntry = {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly bytes: number;
  readonly packedBytes: number;
  /** Its sizes or its place are told in 64 bits. */
  readonly isLong: boolean;
  /** Where its local header stands. */
  readonly localAt: number;
  /** Unix mode; 0 where another system wrote it. */
  readonly mode: number;
  /** Of MS-DOS. */
  readonly attributes: number;
};

export const localSignature = 0x04034b50;
/** Of the sizes behind a file's bytes. */
export const descriptorSignature = 0x08074b50;

/** Fields in little-endian order, APPNOTE.TXT 6.3. */
export function zipView(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    length: bytes.length,
    uint16: (at: number): number => view.getUint16(at, true),
    uint32: (at: number): number => view.getUint32(at, true),
    /** Null: more than a double holds exactly. */
    uint64: (at: number): number | null => {
      const value = view.getBigUint64(at, true);
      return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
    },
    /** A byte order mark is part of a name: who leaves it out reads another one. */
    text: (at: number, length: number): string =>
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at, at + length)),
  };
}

export type ZipView = ReturnType<typeof zipView>;

import { createHash, type Hash } from "node:crypto";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { PackProblem } from "../services/reports/pack-problem.ts";

export type ArchivedFile = {
  readonly path: string;
  /** Where its bytes begin in the archive: they stand there as they are. */
  readonly offset: number;
  readonly bytes: number;
  readonly sha256: string;
};

export type PackArchive = {
  /** Adds a file and waits until it is taken. */
  add(path: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<ArchivedFile>;
  end(): void;
  readonly output: Readable;
  readonly files: readonly ArchivedFile[];
  bytes(): number;
};

/** The local time of any machine reads the same, so that the bytes do not hang on its zone. */
const fixedTime = new Date(1980, 0, 1);
const options = { mtime: fixedTime, mode: 0o100644, compress: false, forceDosTimestamp: true };

/** A verifier reads no more; below it no file needs the long form of its sizes. */
const bytesMax = 4 * 1024 ** 3 - 64 * 1024 ** 2;

/** A ZIP that is written as it is made: entries stored, times fixed, in the order of adding. Holds no file in memory. */
export function openPackArchive(): PackArchive {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const files: ArchivedFile[] = [];
  let at = 0;
  const closed = new Promise<never>((_, reject) => {
    output.once("close", () => reject(new Error("The pack was not taken to its end.")));
  });
  closed.catch(() => undefined);
  return {
    files,
    output,
    bytes: () => at,
    async add(path, content) {
      const hash = createHash("sha256");
      const offset = at + localHeaderBytes + Buffer.byteLength(path);
      let bytes = 0;
      const count = (part: Uint8Array): void => {
        bytes += part.length;
        if (offset + bytes > bytesMax) throw new PackProblem("too_large");
      };
      const parts = hashed(content instanceof Uint8Array ? once(content) : content, hash, count);
      const stream = Readable.from(parts, { objectMode: false });
      const added = new Promise<void>((resolve, reject) => {
        stream.once("end", resolve);
        stream.once("error", reject);
        zip.addReadStreamLazy(path, options, handOver(stream));
      });
      await Promise.race([added, closed]);
      at = offset + bytes + descriptorBytes;
      const file = { path, offset, bytes, sha256: hash.digest("hex") };
      files.push(file);
      return file;
    },
    end: () => zip.end(),
  };
}

/** The archive keeps what it was given to its end: it is to keep no stream, with all that was read for it, once it has it. */
function handOver(stream: Readable): (take: (error: null, stream: Readable) => void) => void {
  let held: Readable | null = stream;
  return (take) => {
    const given = held;
    held = null;
    if (given !== null) take(null, given);
  };
}

/** What stands before the name of a file, and behind its bytes. */
const localHeaderBytes = 30;
const descriptorBytes = 16;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

async function* hashed(
  content: AsyncIterable<Uint8Array>,
  hash: Hash,
  count: (part: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const part of content) {
    hash.update(part);
    count(part);
    yield part;
  }
}

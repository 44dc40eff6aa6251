import {
  type BrotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
  type Gunzip,
  type Inflate,
  type ZstdDecompress,
} from "node:zlib";

export type CopySink = {
  /** False: nothing more is wanted, and no work is to be spent on the rest. */
  data(chunk: Buffer): boolean;
  /** `whole` is false where the copy was not decoded to its end, or something stood behind that. */
  end(whole: boolean): void;
};

/** Takes the bytes as they passed and gives on what they mean. */
export type CopyDecoder = {
  /** False: stop until `onDrain` is called. */
  push(chunk: Buffer): boolean;
  end(): void;
};

/** More output than this, and more than so many times the input, is not an answer but a bomb. */
const bombBytes = 16 * 1024 * 1024;
const bombRatio = 200;
const pendingBytesMax = 1024 * 1024;

/** null for a coding nobody here can read, such as several. */
export function createCopyDecoder(
  contentEncoding: string | undefined,
  sink: CopySink,
  onDrain: () => void,
): CopyDecoder | null {
  const coding = contentEncoding?.trim().toLowerCase() ?? "identity";
  if (coding === "" || coding === "identity") {
    let wanted = true;
    return {
      push: (chunk) => {
        if (wanted) wanted = sink.data(chunk);
        return true;
      },
      end: () => sink.end(wanted),
    };
  }
  const stream = decompressorOf(coding);
  return stream && decompress(stream, sink, onDrain);
}

type Decompressor = Gunzip | Inflate | BrotliDecompress | ZstdDecompress;

function decompressorOf(coding: string): Decompressor | null {
  if (coding === "gzip" || coding === "x-gzip") return createGunzip();
  if (coding === "deflate") return createInflate();
  if (coding === "br") return createBrotliDecompress();
  if (coding === "zstd") return createZstdDecompress();
  return null;
}

function decompress(stream: Decompressor, sink: CopySink, onDrain: () => void): CopyDecoder {
  let taken = 0;
  let given = 0;
  let over = false;
  let waiting = false;
  const release = (): void => {
    if (!waiting) return;
    waiting = false;
    onDrain();
  };
  const stop = (whole: boolean): void => {
    if (over) return;
    over = true;
    sink.end(whole);
    stream.destroy();
    release();
  };
  stream.on("data", (chunk: Buffer) => {
    if (over) return;
    given += chunk.byteLength;
    if (given > bombBytes && given > taken * bombRatio) return stop(false);
    if (!sink.data(chunk)) stop(false);
  });
  stream.on("end", () => stop(stream.bytesWritten === taken));
  stream.on("error", () => stop(false));
  stream.on("drain", release);
  return {
    push(chunk) {
      if (over) return true;
      taken += chunk.byteLength;
      stream.write(chunk);
      waiting = stream.writableLength > pendingBytesMax;
      return !waiting;
    },
    end() {
      if (!over) stream.end();
    },
  };
}

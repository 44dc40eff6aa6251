import type { IncomingMessage } from "node:http";
import { brotliCompressSync, constants, createBrotliCompress, createGzip, gzipSync } from "node:zlib";

/** How OpenAI's edge compresses: what a caller takes, brotli before gzip. */
export type Coding = "br" | "gzip";

/** null: the caller takes neither. */
export function codingFor({ headers }: IncomingMessage): Coding | null {
  const taken = new Set(
    (headers["accept-encoding"] ?? "")
      .toString()
      .toLowerCase()
      .split(",")
      .map((each) => each.trim())
      .filter((each) => !/;\s*q=0(\.0*)?$/.test(each))
      .map((each) => each.split(";")[0]?.trim()),
  );
  if (taken.has("br")) return "br";
  return taken.has("gzip") ? "gzip" : null;
}

/** A quick level: this is no place to save bytes. */
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

export function compress(coding: Coding, text: string): Buffer {
  return coding === "br" ? brotliCompressSync(text, options) : gzipSync(text);
}

export function compressor(coding: Coding) {
  return coding === "br" ? createBrotliCompress(options) : createGzip();
}

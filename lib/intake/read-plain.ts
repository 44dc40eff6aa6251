import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { intakeLimits } from "../contracts/intake.ts";
import { IntakeRefusal } from "./intake-refusal.ts";

/** How a body may be compressed; null: not at all. */
export type ContentEncoding = "gzip" | "deflate" | "br" | null;

/** trust: the header is a stranger's. Two encodings one over the other are a way to make a bomb, and refused. */
export function contentEncodingOf(header: string | undefined): ContentEncoding {
  const name = header?.trim().toLowerCase() ?? "";
  if (name === "" || name === "identity") return null;
  if (name === "gzip" || name === "x-gzip") return "gzip";
  if (name === "deflate" || name === "br") return name;
  throw new IntakeRefusal("unsupported_encoding");
}

/** The body without its compression, at most `plainBytesMax` of it: what would grow beyond is stopped there. */
export function readPlain(body: Uint8Array, encoding: ContentEncoding): Uint8Array {
  if (encoding === null) return body;
  const limit = { maxOutputLength: intakeLimits.plainBytesMax };
  try {
    if (encoding === "gzip") return gunzipSync(body, limit);
    if (encoding === "br") return brotliDecompressSync(body, limit);
    // Some send deflate without the frame of zlib around it (RFC 9110, 8.4.1.2).
    return ((body[0] ?? 0) & 0x0f) === 8 ? inflateSync(body, limit) : inflateRawSync(body, limit);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === "ERR_BUFFER_TOO_LARGE") throw new IntakeRefusal("body_too_large", { cause: error });
    throw new IntakeRefusal("body_unreadable", {
      cause: error,
      message: `The body is no whole ${encoding} stream. Nothing was recorded.`,
    });
  }
}

import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Busboy } from "@fastify/busboy";

/** A file of a form: counted and hashed as it came, kept up to `keptBytesMax`. */
export type FormFile = {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  /** null where it was larger than is kept. */
  readonly content: Buffer | null;
};

export type ReadForm = {
  /** The last of each name; those that end in `[]` as lists under the name without it. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: readonly FormFile[];
};

const keptBytesMax = 32 * 1024 * 1024;

/** Reads a multipart body as it comes. Rejects for one that is no form. */
export function readForm(request: IncomingMessage, onBytes: (bytes: number) => void): Promise<ReadForm> {
  return new Promise((resolve, reject) => {
    const type = request.headers["content-type"] ?? "";
    const reader = new Busboy({ headers: { "content-type": type }, limits: { fieldSize: 1_048_576 } });
    const fields: Record<string, unknown> = {};
    const files: FormFile[] = [];
    reader.on("field", (name, value) => {
      const list = name.endsWith("[]") ? name.slice(0, -2) : null;
      if (list === null) fields[name] = value;
      else fields[list] = [...((fields[list] as unknown[] | undefined) ?? []), value];
    });
    reader.on("file", (field, stream, name, _encoding, fileType) => {
      const hash = createHash("sha256");
      let parts: Buffer[] | null = [];
      let bytes = 0;
      stream.on("data", (chunk: Buffer) => {
        bytes += chunk.byteLength;
        hash.update(chunk);
        if (bytes > keptBytesMax) parts = null;
        parts?.push(chunk);
      });
      stream.on("end", () => {
        const content = parts && Buffer.concat(parts);
        files.push({ field, name, type: fileType, bytes, sha256: hash.digest("hex"), content });
      });
    });
    reader.on("finish", () => resolve({ fields, files }));
    reader.on("error", reject);
    request.on("data", (chunk: Buffer) => onBytes(chunk.byteLength));
    request.on("error", reject);
    request.on("aborted", () => reject(new Error("the caller went away")));
    request.pipe(reader);
  });
}

import { createHash } from "node:crypto";
import fs from "node:fs";
import type { PackPort, PackSource } from "../../lib/core/ledger/pack/open-pack.ts";
import { nodeCrypto } from "../../lib/services/ledger/node-crypto.ts";

export const nodePackPort: PackPort = {
  crypto: nodeCrypto,
  hasher: () => {
    const hash = createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  },
};

/**
 * A file's bytes by place, read when they are asked for. `reuse`: large pieces go into one buffer again and again, so that
 * the next one takes the place of the last; for who reads one after the other.
 */
export function fileSource(file: string, reuse = false): PackSource & { readonly close: () => void } {
  let large = Buffer.alloc(0);
  const room = (length: number): Buffer => {
    if (!reuse || length < largeBytes) return Buffer.allocUnsafeSlow(length);
    if (large.length < length) large = Buffer.allocUnsafeSlow(length + largeBytes);
    return large.subarray(0, length);
  };
  const fd = fs.openSync(file, "r");
  return {
    size: fs.fstatSync(fd).size,
    readAt: (offset, length) => {
      const bytes = room(length);
      for (let at = 0; at < length; ) {
        const read = fs.readSync(fd, bytes, at, length - at, offset + at);
        if (read === 0) throw new Error("The file became shorter while it was read.");
        at += read;
      }
      return bytes;
    },
    close: () => fs.closeSync(fd),
  };
}

/** Leaf hashes of a file of entries are less, its lines mostly more. */
const largeBytes = 1_048_576;

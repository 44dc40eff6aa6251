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

/** A file's bytes by place, read when they are asked for. */
export function fileSource(file: string): PackSource & { readonly close: () => void } {
  const fd = fs.openSync(file, "r");
  return {
    size: fs.fstatSync(fd).size,
    readAt: (offset, length) => {
      const bytes = Buffer.allocUnsafeSlow(length);
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

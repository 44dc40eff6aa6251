import { crc32 } from "node:zlib";

export type ZipFile = {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Where it differs from what packs hold. */
  readonly method?: number;
  readonly flags?: number;
  readonly mode?: number;
  readonly size?: number;
  /** Name in the local header. */
  readonly localPath?: string;
  /** Stands at the place of another file. */
  readonly localAt?: number;
};

/** An archive of stored files, as packs are; each file may break a rule. */
export function storedZip(
  files: readonly ZipFile[],
  over: { readonly comment?: string; readonly gap?: number } = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const { path, bytes, method = 0, flags = 0x0800, mode = 0o100644, size = bytes.length } = file;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(0x21, 12);
    const sum = crc32(bytes);
    local.writeUInt32LE(sum, 14);
    local.writeUInt32LE(bytes.length, 18);
    local.writeUInt32LE(size, 22);
    const localName = Buffer.from(file.localPath ?? path);
    local.writeUInt16LE(localName.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE((3 << 8) | 20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt16LE(0x21, 14);
    central.writeUInt32LE(sum, 16);
    central.writeUInt32LE(bytes.length, 20);
    central.writeUInt32LE(size, 24);
    const name = Buffer.from(path);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(file.localAt ?? at, 42);
    parts.push(local, localName, Buffer.from(bytes));
    directory.push(central, name);
    at += 30 + localName.length + bytes.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(files.length, 0xfffe), 8);
  end.writeUInt16LE(Math.min(files.length, 0xfffe), 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  const comment = Buffer.from(over.comment ?? "");
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, list, Buffer.alloc(over.gap ?? 0), end, comment]);
}

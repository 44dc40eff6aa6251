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
  /** Sizes behind the bytes, and what they say. */
  readonly descriptor?: { readonly crc?: number; readonly bytes?: number };
  readonly localExtra?: Uint8Array;
  readonly extra?: Uint8Array;
  /** Bytes behind the file that belong to none. */
  readonly behind?: Uint8Array;
};

const none = new Uint8Array(0);

/** An archive of stored files, as packs are; each file may break a rule. */
export function storedZip(
  files: readonly ZipFile[],
  over: { readonly comment?: string; readonly gap?: number; readonly before?: Uint8Array } = {},
): Buffer {
  const before = over.before ?? none;
  const parts: Uint8Array[] = [before];
  const directory: Uint8Array[] = [];
  let at = before.length;
  for (const file of files) {
    const { path, bytes, method = 0, mode = 0o100644, size = bytes.length, descriptor } = file;
    const { flags = descriptor ? 0x0808 : 0x0800, localExtra = none, extra = none, behind = none } = file;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(0x21, 12);
    const sum = crc32(bytes);
    local.writeUInt32LE(descriptor ? 0 : sum, 14);
    local.writeUInt32LE(descriptor ? 0 : bytes.length, 18);
    local.writeUInt32LE(descriptor ? 0 : size, 22);
    const localName = Buffer.from(file.localPath ?? path);
    local.writeUInt16LE(localName.length, 26);
    local.writeUInt16LE(localExtra.length, 28);
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
    central.writeUInt16LE(extra.length, 30);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(file.localAt ?? at, 42);
    const told = descriptor ? sizesBehind(descriptor.crc ?? sum, descriptor.bytes ?? bytes.length) : none;
    const written = [local, localName, localExtra, bytes, told, behind];
    parts.push(...written);
    directory.push(central, name, extra);
    at += written.reduce((sum, { length }) => sum + length, 0);
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

function sizesBehind(crc: number, bytes: number): Buffer {
  const told = Buffer.alloc(16);
  told.writeUInt32LE(0x08074b50, 0);
  told.writeUInt32LE(crc, 4);
  told.writeUInt32LE(bytes, 8);
  told.writeUInt32LE(bytes, 12);
  return told;
}

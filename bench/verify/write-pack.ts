import fs from "node:fs";
import { crc32 } from "node:zlib";

/** Writes an archive of stored files one after the other; nothing but the list of them stays in memory. Below 4 GiB. */
export function openZip(file: string) {
  const fd = fs.openSync(file, "w");
  const directory: Buffer[] = [];
  let at = 0;
  const write = (bytes: Uint8Array): void => {
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(fd, bytes, done);
    at += bytes.length;
  };
  return {
    add(path: string, bytes: Uint8Array): void {
      const name = Buffer.from(path);
      const sum = crc32(bytes);
      const fields = Buffer.alloc(26);
      fields.writeUInt16LE(20, 0);
      fields.writeUInt16LE(0x0800, 2);
      fields.writeUInt16LE(0x21, 8);
      fields.writeUInt32LE(sum, 10);
      fields.writeUInt32LE(bytes.length, 14);
      fields.writeUInt32LE(bytes.length, 18);
      fields.writeUInt16LE(name.length, 22);
      const end = Buffer.alloc(14);
      end.writeUInt32LE(0o100644 * 0x1_0000, 6);
      end.writeUInt32LE(at, 10);
      directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), fields, end, name);
      write(Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields, name]));
      write(bytes);
    },
    close(): number {
      const list = Buffer.concat(directory);
      const count = directory.length / 4;
      const end = Buffer.alloc(22);
      end.writeUInt32LE(0x06054b50, 0);
      end.writeUInt16LE(count, 8);
      end.writeUInt16LE(count, 10);
      end.writeUInt32LE(list.length, 12);
      end.writeUInt32LE(at, 16);
      write(list);
      write(end);
      fs.closeSync(fd);
      return at;
    },
  };
}

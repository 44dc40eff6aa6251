import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stringify } from "csv-stringify/sync";

export type Cell = string | number | null;

/** A table that grows on the disk while entries go by: it is needed after them. */
export type TableSpool = {
  add(row: readonly Cell[]): void;
  /** What was written, from the first byte; nothing is added after this. */
  read(): AsyncIterable<Uint8Array>;
};

export type Spools = { open(name: string, header: readonly string[]): TableSpool; drop(): void };

const rowsHeld = 2_000;

export function openSpools(): Spools {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-pack-"));
  const handles: number[] = [];
  return {
    open(name, header) {
      const file = path.join(folder, name);
      const handle = fs.openSync(file, "w", 0o600);
      handles.push(handle);
      let held: string[][] = [[...header]];
      const flush = (): void => {
        fs.writeSync(handle, csvText(held));
        held = [];
      };
      return {
        add(row) {
          held.push(row.map(cellText));
          if (held.length >= rowsHeld) flush();
        },
        read() {
          if (held.length > 0) flush();
          return fs.createReadStream(file, { highWaterMark: 262_144 });
        },
      };
    },
    drop() {
      for (const handle of handles.splice(0)) fs.closeSync(handle);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** RFC 4180, lines ended by CR LF. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { record_delimiter: "windows" });
}

/**
 * trust: names come from callers, and a spreadsheet runs what begins like a formula. Such a cell begins with an
 * apostrophe, also where the sign stands behind white space or a line break.
 */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const plain = cell.replace(/[\0\r\n\t]+/g, " ");
  return /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/u.test(plain) ? `'${plain}` : plain;
}

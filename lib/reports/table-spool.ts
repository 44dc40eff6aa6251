import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type CsvValue, csvLine } from "../core/exports/csv-line.ts";

/** A table that grows on the disk while entries go by: it is needed after them. */
export type TableSpool = {
  add(row: readonly CsvValue[]): void;
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
      let held: string[] = [csvLine(header)];
      const flush = (): void => {
        fs.writeSync(handle, held.join(""));
        held = [];
      };
      return {
        add(row) {
          held.push(csvLine(row));
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

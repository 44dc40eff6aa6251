import { recordFormOf } from "./record-form.ts";
import { createRecordSplitter, type RawRecord, recordBytesMax } from "./split-records.ts";

export type FirstRecords = {
  /** Takes the next bytes of the file. True: more are wanted. */
  push(bytes: Uint8Array): boolean;
  /** `isWhole`: the file ended with the last bytes. */
  end(isWhole: boolean): RawRecord[];
};

/** So much of a file is read at once while its first records are wanted. */
export const beginningBytes = 256 * 1024;

/**
 * The first records of a file, for a look at them: those of its first bytes, or where it begins with longer ones, as far as a
 * record may be long. One that is longer stands there as too long.
 */
export function createFirstRecords(
  { format, beginning }: { readonly format: string; readonly beginning: string },
  count: number,
): FirstRecords {
  const splitter = createRecordSplitter(recordFormOf(format, beginning));
  // The line of the columns is none to look at.
  const needed = format === "csv" ? 2 : 1;
  const records: RawRecord[] = [];
  let read = 0;
  return {
    push(bytes) {
      records.push(...splitter.push(bytes));
      read += bytes.length;
      return records.length < needed && read <= needed * recordBytesMax;
    },
    end(isWhole) {
      // The last record of a file has no line break behind it. One that the reading broke off within is not shown, unless it is
      // too long already.
      records.push(
        ...splitter.end().filter(({ text, why }) => isWhole || (text === null && why === undefined)),
      );
      return records.slice(0, count);
    },
  };
}

import { expect, it } from "vitest";
import { openArchive } from "./archive.ts";
import { storedZip } from "./testing/stored-zip.ts";
import { ArchiveError, zipView } from "./zip-fields.ts";

const bytes = Buffer.from("what is in it");

it.each([100, 1_000_000])("no file begins where no file can: %d behind the beginning", (localAt) => {
  const zip = storedZip([
    { path: "log/a.txt", bytes },
    { path: "log/b.txt", bytes, localAt },
  ]);
  const open = () =>
    openArchive((offset, length) => {
      // Asked for what the file does not hold, the disk answers with less.
      expect(offset + length).toBeLessThanOrEqual(zip.length);
      return zip.subarray(offset, offset + length);
    }, zip.length);
  expect(open).toThrow(ArchiveError);
  expect(open).toThrow(
    /"log\/b\.txt" stands where it cannot|ends before "log\/b\.txt"|two things of "log\/b\.txt"/,
  );
});

it("a size is what a double holds exactly, or none", () => {
  const size = (value: bigint) => {
    const eight = Buffer.alloc(8);
    eight.writeBigUInt64LE(value);
    return zipView(eight).uint64(0);
  };
  expect(size(0n)).toBe(0);
  expect(size(2n ** 53n - 1n)).toBe(2 ** 53 - 1);
  expect(size(2n ** 53n)).toBeNull();
  expect(size(2n ** 64n - 1n)).toBeNull();
});

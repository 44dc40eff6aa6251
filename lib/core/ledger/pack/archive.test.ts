import { describe, expect, it } from "vitest";
import { openArchive } from "./archive.ts";
import { storedZip, type ZipFile } from "./testing/stored-zip.ts";
import { ArchiveError } from "./zip-fields.ts";

const bytes = Buffer.from("what is in it");
const plain: ZipFile = { path: "log/a.txt", bytes };

function problem(zip: Buffer): string {
  try {
    openArchive((offset, length) => zip.subarray(offset, offset + length), zip.length);
    return "none";
  } catch (error) {
    if (error instanceof ArchiveError) return error.message;
    throw error;
  }
}

/** With the end records of an archive above 4 GiB. */
function longZip(): Buffer {
  const zip = storedZip([plain]);
  const end = zip.subarray(-22);
  const long = Buffer.alloc(76);
  long.writeUInt32LE(0x06064b50, 0);
  long.writeBigUInt64LE(44n, 4);
  for (const at of [24, 32]) long.writeBigUInt64LE(1n, at);
  long.writeBigUInt64LE(BigInt(end.readUInt32LE(12)), 40);
  long.writeBigUInt64LE(BigInt(end.readUInt32LE(16)), 48);
  long.writeUInt32LE(0x07064b50, 56);
  long.writeBigUInt64LE(BigInt(zip.length - 22), 64);
  long.writeUInt32LE(1, 72);
  const last = Buffer.from(end);
  for (const at of [8, 10]) last.writeUInt16LE(0xffff, at);
  for (const at of [12, 16]) last.writeUInt32LE(0xffffffff, at);
  return Buffer.concat([zip.subarray(0, -22), long, last]);
}

describe("an archive", () => {
  it("gives the place of each file", () => {
    const zip = storedZip([plain, { path: "b.txt", bytes: Buffer.from("more") }]);
    const files = openArchive((offset, length) => zip.subarray(offset, offset + length), zip.length);
    const { offset = 0, bytes: length = 0 } = files.get("b.txt") ?? {};
    expect(zip.subarray(offset, offset + length).toString()).toBe("more");
    expect(files.size).toBe(2);
  });

  it("refuses names that lead elsewhere: traversal, absolute, drives, backslashes, hidden, folders, control signs", () => {
    const names = [
      "../a",
      "a/../../b",
      "/etc/passwd",
      "C:/a",
      "a\\b",
      ".hidden",
      "a//b",
      "folder/",
      "a\u0000b",
      "a\nb",
      "",
      "a/./b",
      "ä.txt",
      "x".repeat(300),
    ];
    for (const path of names)
      expect(problem(storedZip([{ path, bytes }])), path).toContain("no path of a pack");
  });

  it("refuses a name twice, also where only the case differs", () => {
    expect(problem(storedZip([plain, plain]))).toContain("twice");
    expect(problem(storedZip([plain, { path: "log/A.txt", bytes }]))).toContain("twice");
  });

  it("refuses symbolic links and everything that is no file", () => {
    expect(problem(storedZip([{ ...plain, mode: 0o120777 }]))).toContain("symbolic link");
    expect(problem(storedZip([{ ...plain, mode: 0o040755 }]))).toContain("something else than a file");
    expect(problem(storedZip([{ ...plain, mode: 0o010644 }]))).toContain("something else than a file");
  });

  it("refuses what is compressed, so that nothing unfolds: no bomb of one layer, and none of overlapping files", () => {
    expect(problem(storedZip([{ ...plain, method: 8 }]))).toContain("compressed");
    expect(problem(storedZip([{ ...plain, size: 4_000_000_000 }]))).toContain("compressed");
    const over = storedZip([plain, { path: "log/b.txt", localPath: "log/a.txt", bytes, localAt: 0 }]);
    expect(problem(over)).toMatch(/two things|over another/);
    const quoted = storedZip([plain, { path: "log/a.tx2", bytes, localAt: 0 }]);
    expect(problem(quoted)).toMatch(/two things|over another/);
  });

  it("refuses encryption, two words about one file, and more files than a pack has", () => {
    expect(problem(storedZip([{ ...plain, flags: 0x0801 }]))).toContain("encrypted");
    expect(problem(storedZip([{ ...plain, flags: 0x2800 }]))).toContain("in a way that packs do not use");
    expect(problem(storedZip([{ ...plain, localPath: "log/x.txt" }]))).toContain("two things");
    const many = Array.from({ length: 10_001 }, (_, i) => ({ path: `f${i}`, bytes: Buffer.alloc(0) }));
    expect(problem(storedZip(many))).toContain("more than 10000 files");
  });

  it("takes sizes behind the bytes where they are those of the directory, and no others", () => {
    const other = { path: "log/b.txt", bytes };
    expect(
      problem(
        storedZip([
          { ...plain, descriptor: {} },
          { ...other, descriptor: {} },
        ]),
      ),
    ).toBe("none");
    expect(problem(storedZip([{ ...plain, descriptor: { crc: 1 } }, other]))).toContain("two things");
    expect(problem(storedZip([{ ...plain, descriptor: { bytes: 3 } }, other]))).toContain("two things");
    expect(problem(storedZip([{ ...plain, flags: 0x0808 }, other]))).toContain("two things");
  });

  it("refuses what stands before, between or behind the files: another reader would find files there that nobody lists", () => {
    const hidden = storedZip([{ path: "report.json", bytes: Buffer.from('{"forged":true}') }]).subarray(
      0,
      -78,
    );
    const other = { path: "log/b.txt", bytes };
    expect(problem(storedZip([plain, other], { before: Buffer.from("#!/bin/sh\n") }))).toContain(
      'before "log/a.txt"',
    );
    expect(problem(storedZip([{ ...plain, behind: hidden }, other]))).toContain('before "log/b.txt"');
    expect(problem(storedZip([plain, { ...other, behind: hidden }]))).toContain("behind its last file");
    expect(problem(storedZip([{ ...plain, descriptor: {}, behind: hidden }]))).toContain("behind its last");
  });

  it("refuses fields that could hold another name, or anything that nobody lists", () => {
    const name = Buffer.from([0x75, 0x70, 5, 0, 1, 0, 0, 0, 0]);
    expect(problem(storedZip([{ ...plain, extra: name }]))).toContain("two names");
    expect(problem(storedZip([{ ...plain, localExtra: name }]))).toContain("two things");
    expect(problem(storedZip([{ ...plain, extra: Buffer.from([1, 0x99, 1, 0, 7]) }]))).toContain(
      "do not say",
    );
    expect(problem(storedZip([{ ...plain, extra: Buffer.from([1, 0, 1, 0, 7]) }]))).toContain("do not say");
    expect(problem(storedZip([{ ...plain, extra: Buffer.from([1, 0]) }]))).toContain("cannot be read");
    expect(problem(storedZip([{ ...plain, path: "\ufefflog/a.txt" }]))).toContain("no path of a pack");
  });

  it("refuses an end record that says something else than the longer one before it", () => {
    for (const [at, said] of [
      [8, 2],
      [12, 1],
      [16, 1],
    ] as const) {
      const zip = longZip();
      expect(problem(zip)).toBe("none");
      zip.writeUInt16LE(said, zip.length - 22 + at);
      if (at === 8) zip.writeUInt16LE(said, zip.length - 22 + 10);
      else zip.writeUInt16LE(0, zip.length - 22 + at + 2);
      expect(problem(zip)).toContain("two things of its directory");
    }
  });

  it("refuses a comment, a gap before the directory's end, and files cut anywhere", () => {
    expect(problem(storedZip([plain], { comment: "PK" }))).toContain("end record");
    expect(problem(storedZip([plain], { gap: 4 }))).toContain("between its files and its end");
    const zip = storedZip([plain]);
    for (let length = 0; length < zip.length; length++)
      expect(problem(zip.subarray(0, length))).not.toBe("none");
    for (let from = 1; from < 30; from++) expect(problem(zip.subarray(from))).not.toBe("none");
  });

  it("never breaks over one changed byte: it opens, or it is refused in words", () => {
    const zip = storedZip([plain, { path: "log/b.txt", bytes }]);
    for (let at = 0; at < zip.length; at++)
      for (const bit of [1, 0x80]) {
        const copy = Buffer.from(zip);
        copy[at] = (copy[at] ?? 0) ^ bit;
        expect(() => problem(copy)).not.toThrow();
      }
  });
});

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

import { readDirectory } from "./zip-directory.ts";
import { ArchiveError, filesMax, localSignature, type ReadAt, type ZipEntry, zipView } from "./zip-fields.ts";

/** A file of a pack: where its bytes stand in the archive. */
export type ArchivedFile = { readonly path: string; readonly offset: number; readonly bytes: number };

/**
 * Opens the archive of a pack. trust: the file comes from anywhere. Only what we write is read: stored entries (a
 * compressed one could unfold to anything), regular files, plain paths, each once, none over another, no comment, nothing
 * encrypted. Throws ArchiveError, which says what is wrong; nothing of such an archive is looked at.
 */
export function openArchive(readAt: ReadAt, size: number): ReadonlyMap<string, ArchivedFile> {
  const { entries, directoryAt } = readDirectory(readAt, size);
  const files = new Map<string, ArchivedFile>();
  const folded = new Set<string>();
  for (const entry of entries) {
    checkName(entry.name);
    checkEntry(entry);
    const name = entry.name.toLowerCase();
    if (folded.has(name)) throw new ArchiveError(`holds ${shown(entry.name)} twice.`);
    folded.add(name);
    files.set(entry.name, {
      path: entry.name,
      offset: dataOffset(readAt, entry, directoryAt),
      bytes: entry.bytes,
    });
  }
  checkPlaces(entries, files, directoryAt);
  return files;
}

/** One kind of path: words of letters, digits, dots and dashes with slashes between, none of them made of dots. */
function checkName(name: string): void {
  const words = name.split("/");
  const plain = name.length <= 200 && words.every((word) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(word));
  if (!plain) throw new ArchiveError(`holds ${shown(name)}, which is no path of a pack.`);
}

function checkEntry({ name, method, flags, bytes, packedBytes, mode, attributes }: ZipEntry): void {
  if ((flags & 1) !== 0) throw new ArchiveError(`holds ${shown(name)} encrypted.`);
  if ((flags & ~knownFlags) !== 0)
    throw new ArchiveError(`holds ${shown(name)} in a way that packs do not use.`);
  if (method !== 0 || bytes !== packedBytes)
    throw new ArchiveError(`holds ${shown(name)} compressed. Packs hold their files as they are.`);
  const type = mode & 0o170000;
  if (type === 0o120000) throw new ArchiveError(`holds ${shown(name)} as a symbolic link.`);
  if ((type !== 0 && type !== 0o100000) || (attributes & 0x10) !== 0)
    throw new ArchiveError(`holds ${shown(name)} as something else than a file.`);
}

/** Sizes behind the data, and a name in UTF-8. */
const knownFlags = 0x0808;

/** trust: readers that go by the local header must meet the same file as those that go by the directory. */
function dataOffset(readAt: ReadAt, entry: ZipEntry, directoryAt: number): number {
  const { name, localAt, flags } = entry;
  if (localAt + 30 > directoryAt) throw new ArchiveError(`says that ${shown(name)} stands where it cannot.`);
  const head = zipView(readAt(localAt, 30));
  const nameBytes = head.uint16(26);
  const offset = localAt + 30 + nameBytes + head.uint16(28);
  if (offset + entry.bytes > directoryAt) throw new ArchiveError(`ends before ${shown(name)} does.`);
  const same =
    head.uint32(0) === localSignature &&
    head.uint16(6) === flags &&
    head.uint16(8) === 0 &&
    zipView(readAt(localAt + 30, nameBytes)).text(0, nameBytes) === name;
  const sizes = [head.uint32(18), head.uint32(22)];
  const later = (flags & 8) !== 0;
  const told = sizes.every((said) => said === entry.bytes || said === 0xffffffff || (later && said === 0));
  if (!same || !told) throw new ArchiveError(`says two things of ${shown(name)}.`);
  return offset;
}

/** No file lies over another: a few bytes cannot stand for many files. */
function checkPlaces(
  entries: readonly ZipEntry[],
  files: ReadonlyMap<string, ArchivedFile>,
  directoryAt: number,
): void {
  if (entries.length > filesMax) throw new ArchiveError(`holds more than ${filesMax} files.`);
  const sorted = [...entries].sort((a, b) => a.localAt - b.localAt);
  let end = 0;
  for (const { name, localAt } of sorted) {
    const file = files.get(name);
    if (localAt < end || file === undefined)
      throw new ArchiveError(`holds ${shown(name)} over another file.`);
    end = file.offset + file.bytes;
  }
  if (end > directoryAt) throw new ArchiveError("holds a file over its own directory.");
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 80));

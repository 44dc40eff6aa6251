import { readDirectory } from "./zip-directory.ts";
import {
  ArchiveError,
  descriptorSignature,
  localSignature,
  type ReadAt,
  type ZipEntry,
  zipView,
} from "./zip-fields.ts";

/** A file of a pack: where its bytes stand in the archive. */
export type ArchivedFile = { readonly path: string; readonly offset: number; readonly bytes: number };

/**
 * Opens the archive of a pack. trust: the file comes from anywhere. Only what we write is read: stored entries (a
 * compressed one could unfold to anything), regular files, plain paths, each once, one behind the other with nothing before,
 * between or over them, no comment, nothing encrypted. Throws ArchiveError, which says what is wrong; nothing of such an archive is looked at.
 */
export function openArchive(readAt: ReadAt, size: number): ReadonlyMap<string, ArchivedFile> {
  const { entries, directoryAt } = readDirectory(readAt, size);
  const placed: Placed[] = [];
  const folded = new Set<string>();
  for (const entry of entries) {
    checkName(entry.name);
    checkEntry(entry);
    const name = entry.name.toLowerCase();
    if (folded.has(name)) throw new ArchiveError(`holds ${shown(entry.name)} twice.`);
    folded.add(name);
    placed.push(placeOf(readAt, entry, directoryAt));
  }
  checkPlaces(placed, directoryAt);
  return new Map(placed.map(({ path, offset, bytes }) => [path, { path, offset, bytes }]));
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

type Placed = ArchivedFile & { readonly localAt: number; readonly endAt: number };

/** trust: readers that go by the local header must meet the same file as those that go by the directory. */
function placeOf(readAt: ReadAt, entry: ZipEntry, directoryAt: number): Placed {
  const { name, localAt, flags, bytes, crc, isLong } = entry;
  if (localAt + 30 > directoryAt) throw new ArchiveError(`says that ${shown(name)} stands where it cannot.`);
  const head = zipView(readAt(localAt, 30));
  const nameBytes = head.uint16(26);
  const offset = localAt + 30 + nameBytes;
  const isLater = (flags & 8) !== 0;
  const endAt = offset + bytes + (isLater ? descriptorBytes(isLong) : 0);
  if (endAt > directoryAt) throw new ArchiveError(`ends before ${shown(name)} does.`);
  // An extra field could give the file another name, or hold what nobody lists: packs have none.
  const isSame =
    head.uint32(0) === localSignature &&
    head.uint16(6) === flags &&
    head.uint16(8) === 0 &&
    head.uint16(28) === 0 &&
    zipView(readAt(localAt + 30, nameBytes)).text(0, nameBytes) === name;
  const [saidCrc, ...sizes] = [head.uint32(14), head.uint32(18), head.uint32(22)];
  const isTold =
    sizes.every((said) => said === bytes || (isLater && said === 0)) &&
    (saidCrc === crc || (isLater && saidCrc === 0)) &&
    (!isLater || isDescriptor(readAt(offset + bytes, endAt - offset - bytes), entry));
  if (!isSame || !isTold) throw new ArchiveError(`says two things of ${shown(name)}.`);
  return { path: name, offset, bytes, localAt, endAt };
}

const descriptorBytes = (isLong: boolean): number => (isLong ? 24 : 16);

/** Checksum and sizes behind a file that was written before they were known: the directory says the same. */
function isDescriptor(written: Uint8Array, { crc, bytes, isLong }: ZipEntry): boolean {
  const view = zipView(written);
  const sizes = isLong ? [view.uint64(8), view.uint64(16)] : [view.uint32(8), view.uint32(12)];
  return (
    view.uint32(0) === descriptorSignature && view.uint32(4) === crc && sizes.every((said) => said === bytes)
  );
}

/**
 * One file after the other, from the first byte to the directory: none lies over another, so that a few bytes cannot stand
 * for many files, and nothing lies between them, where another reader would find a file that no directory lists.
 */
function checkPlaces(files: readonly Placed[], directoryAt: number): void {
  let end = 0;
  for (const { path, localAt, endAt } of [...files].sort((a, b) => a.localAt - b.localAt)) {
    if (localAt < end) throw new ArchiveError(`holds ${shown(path)} over another file.`);
    if (localAt > end) throw new ArchiveError(`holds something before ${shown(path)} that is no file of it.`);
    end = endAt;
  }
  if (end < directoryAt) throw new ArchiveError("holds something behind its last file that is none.");
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 80));

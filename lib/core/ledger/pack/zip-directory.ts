import { ArchiveError, filesMax, type ReadAt, type ZipEntry, type ZipView, zipView } from "./zip-fields.ts";

/** Directory entries are short: names of a pack have some forty letters. */
const directoryBytesMax = filesMax * 512;

/** The list at an archive's end. It has to reach up to its end record, and that up to the end of the file. */
export function readDirectory(
  readAt: ReadAt,
  size: number,
): { readonly entries: readonly ZipEntry[]; readonly directoryAt: number } {
  const { count, bytes, at } = readEnd(readAt, size);
  if (count > filesMax) throw new ArchiveError(`holds more than ${filesMax} files.`);
  if (bytes > directoryBytesMax) throw new ArchiveError("has a directory larger than any pack's.");
  const view = zipView(readAt(at, bytes));
  const entries: ZipEntry[] = [];
  let offset = 0;
  for (let i = 0; i < count; i++) {
    const { entry, length } = readEntry(view, offset);
    entries.push(entry);
    offset += length;
  }
  if (offset !== bytes) throw new ArchiveError("has a directory of another length than it says.");
  return { entries, directoryAt: at };
}

type End = { readonly count: number; readonly bytes: number; readonly at: number };

function readEnd(readAt: ReadAt, size: number): End {
  if (size < 22) throw new ArchiveError("is none: it is too short.");
  const end = zipView(readAt(size - 22, 22));
  // A comment could hold a second end record, and two readers would each find another one.
  if (end.uint32(0) !== 0x06054b50 || end.uint16(20) !== 0)
    throw new ArchiveError("is none: its end record does not stand at the end.");
  const short = { count: end.uint16(10), bytes: end.uint32(12), at: end.uint32(16) };
  const isLong = short.count === 0xffff || short.bytes === 0xffffffff || short.at === 0xffffffff;
  const found = isLong ? readLongEnd(readAt, size) : { ...short, endAt: size - 22 };
  if (end.uint16(4) !== 0 || end.uint16(6) !== 0 || end.uint16(8) !== short.count)
    throw new ArchiveError("is in parts.");
  // A reader that takes a short field where it is told must meet the same directory.
  const isSame =
    (short.count === 0xffff || short.count === found.count) &&
    (short.bytes === 0xffffffff || short.bytes === found.bytes) &&
    (short.at === 0xffffffff || short.at === found.at);
  if (!isSame) throw new ArchiveError("says two things of its directory.");
  if (found.at + found.bytes !== found.endAt)
    throw new ArchiveError("has something between its files and its end.");
  return found;
}

/** Zip64, for archives above 4 GiB. */
function readLongEnd(readAt: ReadAt, size: number): End & { readonly endAt: number } {
  const endAt = size - 22 - 20 - 56;
  if (endAt < 0) throw new ArchiveError("is none: it is too short.");
  const view = zipView(readAt(endAt, 76));
  if (
    view.uint32(0) !== 0x06064b50 ||
    view.uint64(4) !== 44 ||
    view.uint32(16) !== 0 ||
    view.uint32(20) !== 0 ||
    view.uint32(56) !== 0x07064b50 ||
    view.uint64(64) !== endAt ||
    view.uint32(72) !== 1
  )
    throw new ArchiveError("has an end record that packs do not have.");
  const [here, count, bytes, at] = [view.uint64(24), view.uint64(32), view.uint64(40), view.uint64(48)];
  if (count === null || bytes === null || at === null || here !== count)
    throw new ArchiveError("says that it is larger than any file.");
  return { count, bytes, at, endAt };
}

function readEntry(view: ZipView, at: number): { readonly entry: ZipEntry; readonly length: number } {
  if (at + 46 > view.length || view.uint32(at) !== 0x02014b50)
    throw new ArchiveError("has a directory that cannot be read.");
  const [nameBytes, extraBytes, commentBytes] = [
    view.uint16(at + 28),
    view.uint16(at + 30),
    view.uint16(at + 32),
  ];
  const length = 46 + nameBytes + extraBytes + commentBytes;
  if (at + length > view.length) throw new ArchiveError("has a directory that ends too early.");
  const name = view.text(at + 46, nameBytes);
  if (commentBytes > 0) throw new ArchiveError(`has a comment on ${JSON.stringify(name.slice(0, 80))}.`);
  const isUnix = view.uint16(at + 4) >> 8 === 3;
  const attributes = view.uint32(at + 38);
  const sizes = longSizes(view, at, at + 46 + nameBytes, extraBytes);
  return {
    entry: {
      name,
      flags: view.uint16(at + 8),
      method: view.uint16(at + 10),
      crc: view.uint32(at + 16),
      ...sizes,
      mode: isUnix ? attributes >>> 16 : 0,
      attributes: attributes & 0xff,
    },
    length,
  };
}

/**
 * Sizes and place, from the zip64 field where the short ones say so. trust: no other field is known, since one could give the
 * file a second name, and none holds more than it has to.
 */
function longSizes(view: ZipView, at: number, extraAt: number, extraBytes: number) {
  const sizes = {
    packedBytes: view.uint32(at + 20),
    bytes: view.uint32(at + 24),
    localAt: view.uint32(at + 42),
  };
  let isLong = false;
  for (let field = extraAt; field < extraAt + extraBytes; ) {
    if (field + 4 > extraAt + extraBytes) throw new ArchiveError("has a directory that cannot be read.");
    const [id, length] = [view.uint16(field), view.uint16(field + 2)];
    if (field + 4 + length > extraAt + extraBytes)
      throw new ArchiveError("has a directory that cannot be read.");
    if (id === 0x7075) throw new ArchiveError("holds a file under two names.");
    if (id !== 0x0001 || isLong) throw new ArchiveError("says of a file what packs do not say.");
    isLong = true;
    let next = field + 4;
    for (const name of ["bytes", "packedBytes", "localAt"] as const) {
      if (sizes[name] !== 0xffffffff) continue;
      const value = next + 8 <= field + 4 + length ? view.uint64(next) : null;
      if (value === null) throw new ArchiveError("says that a file is larger than any is.");
      sizes[name] = value;
      next += 8;
    }
    if (next !== field + 4 + length) throw new ArchiveError("says of a file what packs do not say.");
    field += 4 + length;
  }
  return { ...sizes, isLong };
}

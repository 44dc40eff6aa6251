import type { ReportFrame } from "../../reports/report-frame.ts";
import { toHex } from "../bytes.ts";
import type { CryptoPort } from "../crypto-port.ts";
import type { TrustRoot } from "../trust-root.ts";
import { type Check, fail, pass, unverifiable } from "../verification.ts";
import { type ArchivedFile, openArchive } from "./archive.ts";
import { checkManifestNote } from "./check-manifest-note.ts";
import { type Manifest, packId } from "./manifest.ts";
import type { PackCheck } from "./pack-checks.ts";
import { catalogFile, type EntriesFile, entriesFiles, isPackFile, packFiles } from "./pack-files.ts";
import { bytesMax, documentsBytesMax } from "./pack-limits.ts";
import { ManifestError, readManifest } from "./read-manifest.ts";
import { ArchiveError, type ReadAt } from "./zip-fields.ts";

/** What verifying a pack needs beside its bytes. */
export type PackPort = {
  readonly crypto: CryptoPort;
  /** SHA-256 over parts, for files that are not read in one piece. */
  readonly hasher: () => { update(bytes: Uint8Array): void; digest(): Uint8Array };
};

export type PackSource = { readonly readAt: ReadAt; readonly size: number };

export type PackOptions = {
  /** Null: the best that can come of it is UNVERIFIABLE. */
  readonly trustRoot: TrustRoot | null;
  /** A checkpoint of the same log that the reader kept. */
  readonly since?: string;
  /** For tests of the verifier itself: what is not looked at. */
  readonly without?: ReadonlySet<PackCheck>;
};

/** A pack whose files are known and can be read. */
export type ReadablePack = {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, ArchivedFile>;
  readonly entries: readonly EntriesFile[];
  readonly frame: ReportFrame;
  /** Null where the pack has no file of that name. */
  readonly read: (path: string) => Uint8Array | null;
  readonly readText: (path: string) => string | null;
  readonly checks: readonly Check[];
};

/** The archive and its list of files. Checks alone: nothing can be read. */
export function openPackFiles(
  port: PackPort,
  source: PackSource,
  { trustRoot, without = new Set() }: PackOptions,
): ReadablePack | readonly Check[] {
  const checks: Check[] = [];
  const say = (check: Check): void => {
    if (!without.has(check.name as PackCheck)) checks.push(check);
  };
  let files: ReadonlyMap<string, ArchivedFile>;
  try {
    files = openArchive(source.readAt, source.size);
    say(pass("archive", `It holds ${files.size} files as they are, each once.`));
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return [fail("archive", error.message)];
  }
  const read = reader(source, files);
  const manifestBytes = read(packFiles.manifest);
  const manifest = manifestBytes && manifestOf(manifestBytes);
  if (manifestBytes === null || manifest === null)
    return [...checks, fail("manifest form", "It has no MANIFEST.json that can be read.")];
  if (manifest instanceof ManifestError)
    return [...checks, (manifest.isNewer ? unverifiable : fail)("manifest form", manifest.message)];
  say(pass("manifest form", `It lists ${manifest.files.length} files of the pack ${manifest.id}.`));
  say(
    packId(port.crypto, manifest) === manifest.id
      ? pass("pack id", "Its id follows from log, range, root, period and filter.")
      : fail("pack id", "Its id is not the one that follows from log, range, root, period and filter."),
  );
  say(checkListed(manifest, files));
  const note = read(packFiles.note);
  say(
    note === null
      ? fail("manifest signature", "It has no MANIFEST.note.")
      : checkManifestNote(port.crypto, manifest, manifestBytes, textOf(note) ?? "", trustRoot),
  );
  const { first, end } = manifest.range;
  return {
    manifest,
    files,
    entries: entriesFiles(first, end),
    frame: frameOf(manifest),
    read,
    readText: (path) => {
      const bytes = read(path);
      return bytes && textOf(bytes);
    },
    checks,
  };
}

/** Compares hashes of the files that are not read for something else. `known`: those that were, by path. */
export function checkHashes(
  port: PackPort,
  source: PackSource,
  { manifest, files }: ReadablePack,
  known: ReadonlyMap<string, string>,
): Check {
  const wrong = manifest.files.filter(({ path, sha256 }) => {
    const file = files.get(path);
    return file !== undefined && (known.get(path) ?? hashOf(port, source, file)) !== sha256;
  });
  if (wrong.length === 0)
    return pass("file hashes", `All ${manifest.files.length} files have the hash that the manifest lists.`);
  return fail(
    "file hashes",
    `Changed since the manifest was signed: ${inWords(wrong.map(({ path }) => path))}.`,
  );
}

const chunkBytes = 1_048_576;

function hashOf(port: PackPort, { readAt }: PackSource, { offset, bytes }: ArchivedFile): string {
  const hasher = port.hasher();
  for (let at = 0; at < bytes; at += chunkBytes)
    hasher.update(readAt(offset + at, Math.min(chunkBytes, bytes - at)));
  return toHex(hasher.digest());
}

function reader({ readAt }: PackSource, files: ReadonlyMap<string, ArchivedFile>) {
  return (path: string): Uint8Array | null => {
    const file = files.get(path);
    if (file === undefined || file.bytes > bytesMax(path)) return null;
    return readAt(file.offset, file.bytes);
  };
}

function manifestOf(bytes: Uint8Array): Manifest | ManifestError {
  try {
    return readManifest(bytes);
  } catch (error) {
    if (error instanceof ManifestError) return error;
    throw error;
  }
}

/** Both ways: what is listed is there at its size, and what is there is listed and belongs into a pack. */
function checkListed(manifest: Manifest, files: ReadonlyMap<string, ArchivedFile>): Check {
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const problems: string[] = [];
  for (const { path, bytes } of manifest.files) {
    const file = files.get(path);
    if (file === undefined) problems.push(`${path} is listed and missing`);
    else if (file.bytes !== bytes) problems.push(`${path} has ${file.bytes} bytes, ${bytes} are listed`);
    else if (!isPackFile(path)) problems.push(`${path} does not belong into a pack`);
    else if (bytes > bytesMax(path)) problems.push(`${path} is larger than any such file`);
  }
  for (const path of files.keys())
    if (path !== packFiles.manifest && path !== packFiles.note && !listed.has(path))
      problems.push(`${path} is there and not listed`);
  const needed = [
    packFiles.report,
    packFiles.endCheckpoint,
    ...(manifest.range.first > 0 ? [packFiles.startCheckpoint, packFiles.startFrontier] : []),
    ...entriesFiles(manifest.range.first, manifest.range.end).flatMap(({ path, leaves }) => [path, leaves]),
  ];
  for (const path of needed) if (!listed.has(path)) problems.push(`${path} is not in it`);
  if (problems.length === 0)
    return pass("files listed", "Every file is listed, and every listed file is there.");
  return fail("files listed", `${inWords(problems)}.`);
}

/** Of all policies and catalogs, as the archive has them. */
export function documentsBytes(files: ReadablePack["files"]): number {
  let sum = 0;
  for (const { path, bytes } of files.values()) if (/^(?:policy|catalog)\//.test(path)) sum += bytes;
  return sum;
}

/** Documents by hash, as far as they can be read. */
export function documentTexts({ files, readText }: ReadablePack) {
  const policies = new Map<string, string>();
  const catalogs = new Map<string, string>();
  if (documentsBytes(files) > documentsBytesMax) return { policies, catalogs };
  for (const path of files.keys()) {
    const [, kind, sha256] = /^(policy|catalog)\/([0-9a-f]{64})\.json$/.exec(path) ?? [];
    const text = sha256 === undefined ? null : readText(path);
    if (text !== null && sha256 !== undefined)
      (path === catalogFile(sha256) ? catalogs : policies).set(sha256, text);
    else if (kind !== undefined && sha256 !== undefined) policies.delete(sha256);
  }
  return { policies, catalogs };
}

function frameOf(manifest: Manifest): ReportFrame {
  const { id, log, range, end_root, period, status, filter, disclosure } = manifest;
  return { id, log, ...range, endRoot: end_root, ...period, status, filter, disclosure };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function inWords(words: readonly string[]): string {
  const more = words.length - 5;
  return words.slice(0, 5).join("; ") + (more > 0 ? `; and ${more} more` : "");
}

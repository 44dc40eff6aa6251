import { nodeCrypto } from "../../../../services/ledger/node-crypto.ts";
import { millisecondsOf } from "../../../calendar.ts";
import { everyCall } from "../../../reports/call-filter.ts";
import type { ComputedReport } from "../../../reports/computed-report.ts";
import { findingsTable } from "../../../reports/findings-table.ts";
import { formatReport, type Report } from "../../../reports/report.ts";
import type { ReportFrame } from "../../../reports/report-frame.ts";
import { openTally } from "../../../reports/tally.ts";
import { openTallyPart } from "../../../reports/tally-part.ts";
import { toBase64, toHex, utf8Bytes } from "../../bytes.ts";
import { type Checkpoint, formatCheckpoint } from "../../checkpoint.ts";
import { commitment } from "../../commitment.ts";
import { decodeEntry, EntryError, encodeEntry } from "../../entries/entry.ts";
import type { EntryDraft } from "../../entries/entry-draft.ts";
import { readEntry } from "../../entries/read-entry.ts";
import { formatHashLines } from "../../hash-lines.ts";
import { type NoteSigner, signNote } from "../../note.ts";
import { clockKey, clockName, logKey, sampleOrigin } from "../../testing/sample-log.ts";
import { appendLeaves, emptyFrontier, type Frontier, leafHash, rootOf } from "../../tree.ts";
import { formatManifest, type Manifest, manifestNoteText, packId } from "../manifest.ts";
import type { Opening } from "../openings.ts";
import { catalogFile, entriesFiles, packFiles, packTables, policyFile } from "../pack-files.ts";
import { formatAbsentLeaf, parseAbsentLeaf } from "../pack-line.ts";
import { formatOpenings } from "./format-openings.ts";
import { catalogText, inForce, policyText, sampleDrafts, sha256Of } from "./sample-calls.ts";
import { sampleReport } from "./sample-report.ts";
import { storedZip } from "./stored-zip.ts";

const day = "2026-11-22T";
const seconds = (at: string): bigint => BigInt(millisecondsOf(at) / 1_000);

export type PackChange = {
  readonly drafts?: readonly EntryDraft[];
  /** Where the range begins. */
  readonly first?: number;
  readonly end?: number;
  /** Bytes of an entry before they are hashed: what the log truly holds. */
  readonly entry?: (bytes: Uint8Array, index: number) => Uint8Array;
  /** Lines as they stand in the pack; null leaves one out. The log stays as it is. */
  readonly line?: (line: Uint8Array, index: number, leaf: Uint8Array) => Uint8Array | null;
  readonly openings?: (salts: readonly Opening[]) => readonly Opening[];
  readonly computed?: (computed: ComputedReport) => ComputedReport;
  readonly report?: (report: Report) => Report;
  readonly frame?: Partial<Pick<Manifest, "period" | "status" | "filter" | "disclosure" | "supersedes">>;
  /** Files before they are listed and signed. */
  readonly files?: (files: Map<string, Uint8Array>) => void;
  readonly manifest?: (manifest: Manifest) => Manifest;
  readonly id?: string;
  /** Root that manifest and end checkpoint name, or the manifest alone. */
  readonly endRoot?: Uint8Array;
  readonly manifestRoot?: Uint8Array;
  readonly startRoot?: Uint8Array;
  readonly endTime?: string;
  readonly noteSigners?: readonly NoteSigner[];
  readonly startSigners?: readonly NoteSigner[];
  readonly endSigners?: readonly NoteSigner[];
  /** Checkpoints of another log, or of another size. */
  readonly startHead?: Partial<Checkpoint>;
  readonly endHead?: Partial<Checkpoint>;
  /** Bytes of the manifest before they are signed. */
  readonly manifestText?: (text: string) => string;
  /** Files after that. */
  readonly after?: (files: Map<string, Uint8Array>) => void;
};

const startTime = seconds("2026-11-21T23:59:51.000Z");
/** When the range's end is signed, where nothing else is asked. */
export const sampleEndAt = "2026-11-23T00:00:02.000Z";
const signers = (time: bigint): NoteSigner[] => [
  logKey.signer(sampleOrigin),
  clockKey.clock(clockName, time),
];

/** Log key and clock key, as they sign at the range's end and at its start. */
export const sampleSigners = signers(seconds(sampleEndAt));
export const sampleSignersAtStart = signers(startTime);

/** A log in memory and the pack of a range of it; every part of it may be another than it should be. */
export function samplePack(change: PackChange = {}) {
  const { drafts = sampleDrafts, first = 0, end = drafts.length } = change;
  const openings: Opening[] = [];
  const bytes = drafts.map((draft, index) => {
    const made = entryBytes(draft, index, openings);
    return change.entry?.(made, index) ?? made;
  });
  const leaves = bytes.map((each) => leafHash(nodeCrypto, each));
  const frontierAt = (size: number) => appendLeaves(nodeCrypto, emptyFrontier, leaves.slice(0, size));
  const noteAt = (size: number, by: readonly NoteSigner[], head: Partial<Checkpoint> = {}) => {
    const root = rootOf(nodeCrypto, frontierAt(size));
    const checkpoint = { origin: sampleOrigin, size: BigInt(size), root, ...head };
    return signNote(nodeCrypto, formatCheckpoint(checkpoint), by);
  };
  const headOf = (head: Partial<Checkpoint> = {}, root?: Uint8Array) => ({ ...(root && { root }), ...head });
  const frame = {
    period: { from: `${day}00:00:00.000Z`, to: "2026-11-23T00:00:00.000Z" },
    status: "final" as const,
    filter: everyCall,
    disclosure: "all" as const,
    supersedes: null,
    ...change.frame,
  };
  const identity = {
    log: sampleOrigin,
    range: { first, end },
    end_root: toBase64(change.manifestRoot ?? change.endRoot ?? rootOf(nodeCrypto, frontierAt(end))),
    ...frame,
  };
  const head = {
    v: 1 as const,
    id: change.id ?? packId(nodeCrypto, identity),
    deployment: "test",
    tenant: { id: "019aab00-0000-7000-8000-00000000000a", slug: "nordbank" },
    simulated: false,
    ...identity,
  };
  const files = new Map<string, Uint8Array>();
  const lines = bytes.map((line, index) => {
    const leaf = leaves[index] as Uint8Array;
    return change.line === undefined ? line : change.line(line, index, leaf);
  });
  for (const file of entriesFiles(first, end)) {
    const mine = lines.slice(file.first, file.end).filter((line) => line !== null);
    files.set(file.path, Buffer.concat(mine.flatMap((line) => [line, Buffer.from("\n")])));
    files.set(file.leaves, Buffer.concat(leaves.slice(file.first, file.end)));
  }
  if (first > 0) {
    files.set(
      packFiles.startCheckpoint,
      utf8Bytes(
        noteAt(first, change.startSigners ?? signers(startTime), headOf(change.startHead, change.startRoot)),
      ),
    );
    files.set(packFiles.startFrontier, utf8Bytes(formatHashLines(frontierAt(first).hashes)));
  }
  files.set(
    packFiles.endCheckpoint,
    utf8Bytes(
      noteAt(
        end,
        change.endSigners ?? signers(seconds(change.endTime ?? sampleEndAt)),
        headOf(change.endHead, change.endRoot),
      ),
    ),
  );
  const shown = change.openings?.(openings) ?? [];
  if (shown.length > 0) files.set(packFiles.openings, utf8Bytes(formatOpenings(shown)));
  files.set(policyFile(inForce.sha256), utf8Bytes(policyText));
  files.set(catalogFile(sha256Of(catalogText)), utf8Bytes(catalogText));
  files.set(packFiles.words, utf8Bytes("How to verify this pack.\n"));
  files.set(packFiles.pdf, utf8Bytes("%PDF-1.7 a sample for tests\n"));
  for (const path of packTables) files.set(path, utf8Bytes("index,call\r\n"));
  const counted = countAgain(
    { ...head, ...head.range, endRoot: head.end_root, ...head.period },
    lines.slice(first, end),
  );
  const drawn = sampleReport(head, change.computed?.(counted) ?? counted, change.endTime ?? sampleEndAt);
  const report = change.report?.(drawn) ?? drawn;
  files.set(packFiles.report, formatReport(report));
  files.set(packFiles.findings, utf8Bytes(findingsTable(report)));
  change.files?.(files);
  const listed = [...files].map(([path, each]) => ({
    path,
    bytes: each.length,
    sha256: toHex(nodeCrypto.sha256(each)),
  }));
  const list: Manifest = { ...head, files: listed };
  const manifest = change.manifest?.(list) ?? list;
  const formatted = formatManifest(manifest);
  const manifestBytes =
    change.manifestText === undefined
      ? formatted
      : utf8Bytes(change.manifestText(new TextDecoder().decode(formatted)));
  files.set(packFiles.manifest, manifestBytes);
  files.set(
    packFiles.note,
    utf8Bytes(
      signNote(
        nodeCrypto,
        manifestNoteText(nodeCrypto, manifest, manifestBytes),
        change.noteSigners ?? [logKey.signer(sampleOrigin)],
      ),
    ),
  );
  change.after?.(files);
  return {
    zip: storedZip(
      [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, each]) => ({ path, bytes: each })),
    ),
    files,
    manifest,
    noteAt: (size: number, by: readonly NoteSigner[] = signers(startTime), head: Partial<Checkpoint> = {}) =>
      noteAt(size, by, head),
    frontierAt: (size: number): Frontier => frontierAt(size),
  };
}

function entryBytes(draft: EntryDraft, index: number, openings: Opening[]): Uint8Array {
  const commit: Record<string, string> = {};
  for (const { field, value } of draft.openings) {
    const salt = nodeCrypto.sha256(utf8Bytes(`salt ${index} ${field}`));
    commit[field] = toBase64(commitment(nodeCrypto, field, salt, utf8Bytes(value)));
    openings.push({ index, field, salt: toBase64(salt), value });
  }
  return encodeEntry({
    log: sampleOrigin,
    index,
    type: draft.type,
    at: `${day}09:00:01.000Z`,
    body: draft.body,
    ...(draft.openings.length > 0 && { commit }),
  });
}

/** What an honest maker would report of these lines. */
function countAgain(frame: ReportFrame, lines: readonly (Uint8Array | null)[]): ComputedReport {
  const tally = openTally(nodeCrypto, frame);
  const part = openTallyPart(nodeCrypto, frame);
  for (const line of lines) {
    if (line === null) continue;
    const absent = parseAbsentLeaf(line);
    if (absent !== null && absent !== "malformed") part.skip(absent.why);
    else
      try {
        const entry = decodeEntry(line);
        part.add(entry, readEntry(entry));
      } catch (error) {
        if (!(error instanceof EntryError)) throw error;
      }
  }
  tally.add(part.end());
  return tally.end();
}

export const absentLine = (leaf: Uint8Array, why: "withheld" | "pruned" | "erased"): Uint8Array =>
  utf8Bytes(formatAbsentLeaf({ leafHash: leaf, why }));

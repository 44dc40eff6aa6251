import { formatCheckpoint } from "../../lib/core/ledger/checkpoint.ts";
import { type Entry, encodeEntry } from "../../lib/core/ledger/entries/entry.ts";
import { epochOpenedDraft } from "../../lib/core/ledger/entries/epoch-body.ts";
import { readEntry } from "../../lib/core/ledger/entries/read-entry.ts";
import { signNote } from "../../lib/core/ledger/note.ts";
import {
  formatManifest,
  type Manifest,
  manifestNoteText,
  packId,
} from "../../lib/core/ledger/pack/manifest.ts";
import {
  catalogFile,
  entriesFiles,
  packFiles,
  packTables,
  policyFile,
} from "../../lib/core/ledger/pack/pack-files.ts";
import { openRangeTree, subtreesFrom } from "../../lib/core/ledger/pack/range-tree.ts";
import { catalogText, policyText } from "../../lib/core/ledger/pack/testing/sample-calls.ts";
import { sampleEndAt, sampleSigners } from "../../lib/core/ledger/pack/testing/sample-pack.ts";
import { sampleReport } from "../../lib/core/ledger/pack/testing/sample-report.ts";
import { logKey, sampleOrigin } from "../../lib/core/ledger/testing/sample-log.ts";
import { emptyFrontier, leafHash } from "../../lib/core/ledger/tree.ts";
import { everyCall } from "../../lib/core/reports/call-filter.ts";
import { findingsTable } from "../../lib/core/reports/findings-table.ts";
import { formatReport } from "../../lib/core/reports/report.ts";
import { openTally } from "../../lib/core/reports/tally.ts";
import { openTallyPart } from "../../lib/core/reports/tally-part.ts";
import { nodeCrypto as crypto } from "../../lib/services/ledger/node-crypto.ts";
import { clockOf, day, openDrafts } from "./drafts.ts";
import { openZip } from "./write-pack.ts";

const sha256Hex = (bytes: Uint8Array): string => Buffer.from(crypto.sha256(bytes)).toString("hex");

/**
 * Writes a pack of so many entries: calls of several applications and models, some through the global host, a heartbeat
 * every thousand, put into bytes by the product's own encoder. Two passes: the report's seed follows from the root.
 */
export function makePack(
  file: string,
  entries: number,
): { readonly bytes: number; readonly entryBytes: number } {
  const files = entriesFiles(0, entries);
  const tree = openRangeTree(crypto, emptyFrontier);
  let entryBytes = 0;
  const zip = openZip(file);
  const listed: { path: string; bytes: number; sha256: string }[] = [];
  const add = (path: string, bytes: Uint8Array): void => {
    zip.add(path, bytes);
    listed.push({ path, bytes: bytes.length, sha256: sha256Hex(bytes) });
  };
  for (const { path, leaves, first, end } of files) {
    const lines = Array.from({ length: end - first }, (_, i) => encodeEntry(entryOf(first + i)));
    const hashes = lines.map((line) => leafHash(crypto, line));
    for (const subtree of subtreesFrom(crypto, first, hashes)) tree.push(subtree);
    entryBytes += lines.reduce((sum, line) => sum + line.length, 0);
    add(path, Buffer.concat(lines.flatMap((line) => [line, newline])));
    add(leaves, Buffer.concat(hashes));
  }
  const root = tree.root();
  const identity = {
    log: sampleOrigin,
    range: { first: 0, end: entries },
    end_root: Buffer.from(root).toString("base64"),
    period: { from: `${day}00:00:00.000Z`, to: "2026-11-23T00:00:00.000Z" },
    filter: everyCall,
    disclosure: "all" as const,
    supersedes: null,
  };
  const head = {
    v: 1 as const,
    id: packId(crypto, identity),
    deployment: "bench",
    tenant: { id: "019aab00-0000-7000-8000-00000000000a", slug: "bench" },
    simulated: false,
    status: "final" as const,
    ...identity,
  };
  const frame = { ...head, ...head.range, endRoot: head.end_root, ...head.period };
  const tally = openTally(crypto, frame);
  for (const { first, end } of files) {
    const part = openTallyPart(crypto, frame);
    for (let index = first; index < end; index += 1) {
      const entry = entryOf(index);
      part.add(entry, readEntry(entry));
    }
    tally.add(part.end());
  }
  const report = sampleReport(head, tally.end(), sampleEndAt);
  add(packFiles.report, formatReport(report));
  add(packFiles.findings, Buffer.from(findingsTable(report)));
  for (const path of [packFiles.pdf, packFiles.words, ...packTables]) add(path, Buffer.from("A sample.\n"));
  const checkpoint = formatCheckpoint({ origin: sampleOrigin, size: BigInt(entries), root });
  add(packFiles.endCheckpoint, Buffer.from(signNote(crypto, checkpoint, sampleSigners)));
  add(policyFile(sha256Hex(Buffer.from(policyText))), Buffer.from(policyText));
  add(catalogFile(sha256Hex(Buffer.from(catalogText))), Buffer.from(catalogText));
  const manifest: Manifest = { ...head, files: listed };
  const manifestBytes = formatManifest(manifest);
  zip.add(packFiles.manifest, manifestBytes);
  const note = signNote(crypto, manifestNoteText(crypto, manifest, manifestBytes), [
    logKey.signer(sampleOrigin),
  ]);
  zip.add(packFiles.note, Buffer.from(note));
  return { bytes: zip.close(), entryBytes: entryBytes / entries };
}

const draftAt = openDrafts();
const newline = Buffer.from("\n");

/** The entry that stands at a place; the same each time it is asked for. */
function entryOf(index: number): Entry {
  const draft = index === 0 ? epochOpenedDraft({ epoch: 1, reason: null, previous: null }) : draftAt(index);
  const commit = Object.fromEntries(
    draft.openings.map(({ field }) => [field, commitments[index % 2] as string]),
  );
  return {
    log: sampleOrigin,
    index,
    type: draft.type,
    at: clockOf(index),
    body: draft.body,
    ...(draft.openings.length > 0 && { commit }),
  };
}

const commitments = [`${"A".repeat(43)}=`, `${"B".repeat(42)}A=`];

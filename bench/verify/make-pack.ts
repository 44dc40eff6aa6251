import { formatCheckpoint } from "../../lib/core/ledger/checkpoint.ts";
import { heartbeatDraft } from "../../lib/core/ledger/entries/boot-body.ts";
import { callDraft } from "../../lib/core/ledger/entries/call-draft.ts";
import { type Entry, encodeEntry } from "../../lib/core/ledger/entries/entry.ts";
import type { EntryDraft } from "../../lib/core/ledger/entries/entry-draft.ts";
import { epochOpenedDraft } from "../../lib/core/ledger/entries/epoch-body.ts";
import { readEntry } from "../../lib/core/ledger/entries/read-entry.ts";
import { signNote } from "../../lib/core/ledger/note.ts";
import {
  formatManifest,
  type Manifest,
  manifestNoteText,
  packId,
} from "../../lib/core/ledger/pack/manifest.ts";
import { catalogFile, entriesFiles, packFiles, policyFile } from "../../lib/core/ledger/pack/pack-files.ts";
import { openRangeTree, subtreesFrom } from "../../lib/core/ledger/pack/range-tree.ts";
import { catalogText, policyText, sampleCall } from "../../lib/core/ledger/pack/testing/sample-calls.ts";
import { sampleSigners } from "../../lib/core/ledger/pack/testing/sample-pack.ts";
import { sampleReport } from "../../lib/core/ledger/pack/testing/sample-report.ts";
import { logKey, sampleOrigin } from "../../lib/core/ledger/testing/sample-log.ts";
import { emptyFrontier, leafHash } from "../../lib/core/ledger/tree.ts";
import { everyCall } from "../../lib/core/reports/call-filter.ts";
import { formatReport } from "../../lib/core/reports/report.ts";
import { openTally } from "../../lib/core/reports/tally.ts";
import { openTallyPart } from "../../lib/core/reports/tally-part.ts";
import { chat, dialled } from "../../lib/core/testing/case.ts";
import { nodeCrypto as crypto } from "../../lib/services/ledger/node-crypto.ts";
import { openZip } from "./write-pack.ts";

const day = "2026-11-22T";
const boot = "019aab00-0000-7000-8000-0000000000b1";
const models = ["gpt-4o-2024-08-06", "gpt-4.1-2025-04-14", "gpt-4o-mini-2024-07-18"];
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
    tenant: { id: boot, slug: "bench" },
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
  add(packFiles.report, formatReport(sampleReport(head, tally.end())));
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

const newline = Buffer.from("\n");

/** The entry that stands at a place; the same each time it is asked for. */
function entryOf(index: number): Entry {
  const draft = draftOf(index);
  const commit = Object.fromEntries(
    draft.openings.map(({ field }) => [field, commitments[index % 2] as string]),
  );
  return {
    log: sampleOrigin,
    index,
    type: draft.type,
    at: `${day}${clock(index)}`,
    body: draft.body,
    ...(draft.openings.length > 0 && { commit }),
  };
}

const commitments = [`${"A".repeat(43)}=`, `${"B".repeat(42)}A=`];

function draftOf(index: number): EntryDraft {
  if (index === 0) return epochOpenedDraft({ epoch: 1, reason: null, previous: null });
  // Every thousandth place is a heartbeat's, so that the calls before it have the numbers up to here.
  const beats = Math.floor(index / 1_000);
  const n = index - beats;
  if (index % 1_000 === 0)
    return heartbeatDraft({ boot, issuedTo: index - beats, open: { ranges: [], count: 0 } });
  return callOf(index, n);
}

function callOf(index: number, n: number): EntryDraft {
  const known = shapes.get(index % shapesMax) ?? newShape(index % shapesMax);
  const { record } = known;
  const id = `019aab00-0000-7000-8000-${String(n).padStart(12, "0")}`;
  const startedAt = `${day}${clock(index)}`;
  const attempts = known.attempts.map(({ facts, judgement }) => ({
    facts: {
      ...facts,
      startedAt,
      durationMs: 400 + (index % 900),
      responseBytes: 900 + (index % 4_000),
      echo: { ...facts.echo, requestId: `req_${index}`, processingMs: index % 700 },
    },
    judgement,
  }));
  return callDraft({
    ...known,
    record: {
      ...record,
      id,
      intent: { bootId: boot, n },
      startedAt,
      endedAt: startedAt,
      attempts: attempts.map(({ facts }) => facts),
      ttftMs: index % 800,
      providerObjectId: `chatcmpl-${index}`,
      usage: {
        inputTokens: index % 4_000,
        outputTokens: index % 900,
        cachedInputTokens: 0,
        reasoningTokens: null,
      },
    },
    attempts,
    deciding: attempts.at(-1)?.facts ?? null,
  });
}

/** Kinds of calls: application × model × host, as a tenant of some size has them. */
const shapesMax = 96;
const shapes = new Map<number, ReturnType<typeof sampleCall>>();

function newShape(kind: number): ReturnType<typeof sampleCall> {
  const model = models[kind % models.length] as string;
  const host = kind % 12 === 11 ? "api.openai.com" : "eu.api.openai.com";
  const shape = sampleCall(
    1,
    {
      facts: chat({ modelRequested: model, modelAnswered: model, stream: kind % 2 === 0 }),
      attempts: [dialled(host)],
    },
    { applicationId: `019aab00-0000-7000-8000-${String(kind % 16).padStart(12, "0")}` },
  );
  shapes.set(kind, shape);
  return shape;
}

function clock(index: number): string {
  const seconds = index % 86_000;
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.000Z`;
}

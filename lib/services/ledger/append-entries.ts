import { encodeEntry, encodeWritten } from "../../core/ledger/entries/entry.ts";
import type { EntryDraft, WrittenDraft } from "../../core/ledger/entries/entry-draft.ts";
import { epochOpenedDraft } from "../../core/ledger/entries/epoch-body.ts";
import { appendLeaves, leafHash, rootOf } from "../../core/ledger/tree.ts";
import { bundleRanges } from "../../db/entry-bundle.ts";
import { insertLedgerBatch } from "../../db/ledger-batch.ts";
import { type LedgerHead, readLedgerHead } from "../../db/ledger-log.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { cutTiles } from "./cut-tiles.ts";
import { frontierBytes, frontierOf } from "./frontier-bytes.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { newLogId, openLog } from "./open-log.ts";
import { type Committed, committer, sealOpenings } from "./opening.ts";

/** Where entries went: the first one's place, the others behind it in order. */
export type Appended = { readonly epoch: number; readonly firstIndex: number };

type Draft = EntryDraft | WrittenDraft;

/** `written`: when the server has them. What is done before one waits for it is done while the server writes. */
export type Appending = Appended & { readonly written: Promise<void> };

/**
 * Appends to a tenant's log, or the deployment's own, in the caller's transaction: entries, bytes, openings, whole tiles
 * and the tree's new root. A log that was never opened is opened here: its first entry says so, and nothing that was
 * recorded before is put into it.
 *
 * The caller holds the log's lock (`lockRecording`). Without it nothing breaks but the transaction: two batches that begin
 * at one place are refused by a key.
 */
export async function appendEntries(
  sql: SqlTransaction,
  tenantId: string,
  drafts: readonly Draft[],
  at: Date,
): Promise<Appended> {
  const { written, ...place } = await startAppending(sql, tenantId, drafts, at);
  await written;
  return place;
}

/** The same, not waited for: the transaction must not end before it. */
export async function startAppending(
  sql: SqlTransaction,
  tenantId: string,
  drafts: readonly Draft[],
  at: Date,
): Promise<Appending> {
  if (drafts.length === 0) throw new Error("There is nothing to append.");
  const head = await readLedgerHead(sql, tenantId, drafts.length);
  if (head) return startBehind(sql, tenantId, head, drafts, at);
  const opened = await openLog(sql, { tenantId, epoch: 1, id: newLogId(), openedAt: at });
  const first = epochOpenedDraft({ epoch: 1, reason: null, previous: null });
  const { written } = await startBehind(sql, tenantId, opened, [first, ...drafts], at);
  return { epoch: 1, firstIndex: 1, written };
}

/** Where the head is known. */
export async function appendBehind(
  sql: SqlTransaction,
  tenantId: string,
  head: LedgerHead,
  drafts: readonly Draft[],
  at: Date,
): Promise<Appended> {
  const { written, ...place } = await startBehind(sql, tenantId, head, drafts, at);
  await written;
  return place;
}

async function startBehind(
  sql: SqlTransaction,
  tenantId: string,
  head: LedgerHead,
  drafts: readonly Draft[],
  at: Date,
): Promise<Appending> {
  const values = drafts.reduce((sum, draft) => sum + draft.openings.length, 0);
  const appendedAt = at.toISOString();
  const commitTo = committer(tenantId, values);
  const openings: Committed[] = [];
  const entries = drafts.map((draft, i) => {
    const index = head.size + i;
    const committed = draft.openings.map((opening) => commitTo(opening, index));
    openings.push(...committed);
    const bytes = encodeDraft(head, index, draft, committed, appendedAt);
    return { type: draft.type, bytes, leafHash: leafHash(nodeCrypto, bytes) };
  });
  const leaves = entries.map((entry) => entry.leafHash);
  const frontier = appendLeaves(nodeCrypto, frontierOf(head), leaves);
  const tiles = await cutTiles(sql, tenantId, head, leaves);
  const written = insertLedgerBatch(sql, {
    tenantId,
    epoch: head.epoch,
    firstIndex: head.size,
    root: rootOf(nodeCrypto, frontier),
    frontier: frontierBytes(frontier),
    appendedAt: at,
    entries,
    openings: sealOpenings(
      { tenantId, epoch: head.epoch },
      openings,
      bundleRanges(head.size, entries.length),
    ),
    tiles,
  });
  // Whoever waits is told; nobody has to wait at once.
  written.catch(() => undefined);
  return { epoch: head.epoch, firstIndex: head.size, written };
}

function encodeDraft(
  head: LedgerHead,
  index: number,
  draft: Draft,
  committed: readonly Committed[],
  at: string,
): Uint8Array {
  const commit: Record<string, string> = {};
  for (const { field, commitment } of committed) commit[field] = commitment;
  const place = { log: head.origin, index, type: draft.type, at };
  const frame = committed.length > 0 ? { ...place, commit } : place;
  if ("bodyText" in draft) return encodeWritten(frame, draft.bodyText);
  return encodeEntry({ ...frame, body: draft.body });
}

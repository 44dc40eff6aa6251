import { openBalance } from "../core/ledger/entries/balance.ts";
import { log as events } from "../log.ts";
import { collectDifferences, type Differences } from "../services/ledger/differences.ts";
import type { StoredLog } from "../services/ledger/signer-store.ts";
import { checkSignatures } from "./check-signatures.ts";
import { checkTree } from "./check-tree.ts";
import { freeze } from "./freeze.ts";
import type { LogMemory } from "./log-memory.ts";
import { trustRootFile } from "./publish-trust-root.ts";
import type { SignerAnswer } from "./requests.ts";
import { alarm, nameOf, rememberSelf, type Signer, say, storeStatements } from "./signer.ts";

/**
 * The signer's part of the full check: every log from its first byte to its last signature. What it finds is said in a
 * statement of each log. A log whose signed history is not there any more is frozen; damage beside it (a tile, a row, a
 * stored checkpoint) is said, and signing goes on.
 */
export async function fsckTree(signer: Signer): Promise<SignerAnswer> {
  const stored = new Map((await signer.store.logs()).map((log) => [nameOf(log), log]));
  const lines: string[] = [];
  let ok = true;
  for (const memory of [...signer.logs.values()]) {
    const log = stored.get(nameOf(memory));
    const done = log ? await fsckLog(signer, memory, log) : gone(signer, memory);
    ok &&= done.ok;
    lines.push(...done.lines);
    await storeStatements(signer);
  }
  if (!(await isTrustRootWhole(signer))) {
    ok = false;
    lines.push(
      "The newest trust root in the store is not the one this signer published. Its own is published again.",
    );
  }
  rememberSelf(signer, { fsckAt: signer.now().toISOString() });
  await storeStatements(signer);
  return { ok, lines };
}

/** trust: whoever writes the store can write a trust root into it; ours is the one in our folder. */
async function isTrustRootWhole(signer: Signer): Promise<boolean> {
  const published = signer.files.read(trustRootFile);
  const newest = await signer.store.newestTrustRoot();
  if (published === null || newest?.document === published) return true;
  alarm(
    signer,
    `trust root ${newest?.version ?? 0}`,
    "The newest trust root in the store was not published by this signer: it was inserted, or ours was deleted.",
  );
  rememberSelf(signer, { trustRootVersion: 0 });
  return false;
}

function gone(signer: Signer, memory: LogMemory): SignerAnswer {
  const { tenantId, epoch, origin } = memory;
  const sentence = `The whole log is gone. ${memory.size} entries of it were signed.`;
  const looked = { part: "tree", ok: false, origin, entries: 0, expired: 0, checkpoints: 0 };
  const detail = { ...looked, differences: 1, found: [sentence] };
  say(signer, { tenantId, epoch, kind: "fsck_finished", atIndex: 0, sentence, detail });
  if (memory.frozen === null && memory.sealed === null) freeze(signer, memory, { atIndex: 0, sentence });
  return { ok: false, lines: [`${memory.origin}: ${sentence}`] };
}

async function fsckLog(signer: Signer, memory: LogMemory, stored: StoredLog): Promise<SignerAnswer> {
  const found = collectDifferences();
  const expired = await signer.store.expired(stored);
  if (expired.problem !== null) found.add(null, expired.problem);
  const balance = openBalance(expired.until);
  const whole = await checkTree(signer, memory, stored, found, expired.below, (entry) => balance.add(entry));
  const checkpoints = await checkSignatures(signer, memory, found);
  for (const objection of balance.end().objections) found.add(null, objection);
  const entries = stored.size ?? 0;
  const [first] = found.kept;
  const sentence = first
    ? `${inWords(found)} The first: ${first.sentence}`
    : `${readWords(entries, expired.below)}: bytes, tree, tiles and ${checkpoints} ${checkpoints === 1 ? "signature" : "signatures"} agree.`;
  const { tenantId, epoch, origin } = memory;
  const detail = {
    part: "tree",
    ok: found.count === 0,
    origin,
    entries,
    expired: expired.below,
    checkpoints,
    differences: found.count,
    found: found.kept.slice(0, 20).map((each) => each.sentence),
  };
  say(signer, { tenantId, epoch, kind: "fsck_finished", atIndex: first?.atIndex ?? null, sentence, detail });
  const now = signer.logs.get(nameOf(memory)) ?? memory;
  if (!whole && now.frozen === null && now.sealed === null)
    freeze(signer, now, { atIndex: first?.atIndex ?? null, sentence: `The full check: ${first?.sentence}` });
  if (found.count > 0)
    events.error(
      { origin, differences: found.count, first: first?.sentence },
      "the full check found differences",
    );
  const lines = [`${origin}: ${sentence}`, ...found.kept.slice(1).map((each) => `  ${each.sentence}`)];
  return { ok: found.count === 0, lines };
}

function readWords(entries: number, expired: number): string {
  if (expired === 0) return `All ${entries} entries were read and hashed again`;
  return (
    `${entries - expired} of ${entries} entries were read and hashed again; of the ${expired} before them the bytes have expired ` +
    "and the leaf hashes lead to the same roots"
  );
}

function inWords({ count }: Differences): string {
  return count === 1 ? "The full check found a difference." : `The full check found ${count} differences.`;
}

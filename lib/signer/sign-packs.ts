import { z } from "zod";
import { bytesEqual } from "../core/ledger/bytes.ts";
import { signNote } from "../core/ledger/note.ts";
import { formatManifest, type Manifest, manifestNoteText } from "../core/ledger/pack/manifest.ts";
import { log as events } from "../log.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import type { PackAnswer, PackSignatureRequest } from "../services/ledger/signer-store.ts";
import type { KeyRecord } from "./keys.ts";
import { journalledSignatures, type LogMemory } from "./log-memory.ts";
import { noteSigner } from "./note-signer.ts";
import { nameOf, type Signer } from "./signer.ts";

/**
 * Answers what waits: a manifest is signed with the log's key, under a context line of its own, where its range ends and
 * begins at checkpoints that this signer signed for that log. Without a time, so that the same manifest has the same
 * signature. Answers how many were answered.
 *
 * trust: the request comes from the database. The signature says that this manifest belongs to that head of that log; what
 * the files say is for the verifier to recompute.
 */
export async function signPacks(signer: Signer): Promise<number> {
  const requests = await signer.store.packRequests();
  for (const request of requests) {
    const answer = answerTo(signer, request);
    if (answer.refusal !== null)
      events.warn({ tenantId: request.tenantId }, `A pack was not signed: ${answer.refusal}`);
    await signer.store.answerPackRequest(request, answer, signer.now());
  }
  return requests.length;
}

function answerTo(signer: Signer, request: PackSignatureRequest): PackAnswer {
  const refuse = (refusal: string): PackAnswer => ({ note: null, refusal });
  const manifest = readManifest(request.manifest);
  if (manifest === null) return refuse("It is no manifest of a pack, or not written in the one way.");
  const log = signer.logs.get(nameOf(request));
  if (!log || log.origin !== manifest.log || manifest.tenant.id !== request.tenantId)
    return refuse(
      "It names another log than the one it is asked for, or one that this signer does not know.",
    );
  const { first, end } = manifest.range;
  if (log.sealed !== null && end > log.sealed.size)
    return refuse(`The log was sealed at size ${log.sealed.size}; the range ends beyond it, at ${end}.`);
  const wrong = rangeProblem(signer, log, first, end, manifest.end_root);
  if (wrong !== null) return refuse(wrong);
  const by = signingLog(signer, log);
  if (by === null)
    return refuse("No key of this log can sign any more. Ask again when its next epoch is open.");
  const text = manifestNoteText(nodeCrypto, manifest, request.manifest);
  return {
    note: signNote(nodeCrypto, text, [noteSigner(signer, by.record, by.origin, signer.now())]),
    refusal: null,
  };
}

/** The log itself; where its keys are lost the first epoch behind it that has one. Verifiers take the keys of both. */
function signingLog(
  signer: Signer,
  { tenantId, epoch }: LogMemory,
): { readonly record: KeyRecord; readonly origin: string } | null {
  const epochs = [...signer.logs.values()].filter((log) => log.tenantId === tenantId && log.epoch >= epoch);
  for (const log of epochs.sort((a, b) => a.epoch - b.epoch)) {
    const record = keyOf(signer, log);
    if (record !== null) return { record, origin: log.origin };
  }
  return null;
}

/** The key in force; of a log that was sealed the last one, unless others may hold it. */
function keyOf(signer: Signer, { keys }: LogMemory): KeyRecord | null {
  const usable = keys.flatMap(({ key: id, toSize, status }) => {
    const record = signer.self.keys.find((key) => key.id === id && key.role === "log");
    return record && record.destroyedAt === null && status !== "compromised" ? [{ record, toSize }] : [];
  });
  return (usable.find(({ toSize }) => toSize === null) ?? usable.at(-1))?.record ?? null;
}

/** By our own list of signatures, which nobody can write who writes the database. */
function rangeProblem(
  signer: Signer,
  log: LogMemory,
  first: number,
  end: number,
  endRoot: string,
): string | null {
  let [knowsFirst, knowsEnd] = [first === 0, false];
  for (const { size, root } of journalledSignatures(signer.files, log)) {
    knowsFirst ||= size === first;
    knowsEnd ||= size === end && root === endRoot;
    if (knowsFirst && knowsEnd) return null;
  }
  return knowsEnd
    ? `The range begins at ${first}, where this signer has signed no checkpoint.`
    : `The range ends at ${end} with a root that this signer has not signed.`;
}

const whole = z.number().int().nonnegative();
const time = z.iso.datetime({ precision: 3 });

/** What the signature itself rests on; the rest is the verifier's to read. */
const shape = z.looseObject({
  v: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  tenant: z.looseObject({ id: z.uuid(), slug: z.string() }),
  log: z.string(),
  range: z.strictObject({ first: whole, end: whole }).refine(({ first, end }) => first <= end),
  end_root: z.string(),
  period: z.strictObject({ from: time, to: time }),
  files: z.array(z.looseObject({ path: z.string() })),
});

function readManifest(bytes: Uint8Array): Manifest | null {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Manifest;
    if (!shape.safeParse(value).success) return null;
    return bytesEqual(formatManifest(value), bytes) ? value : null;
  } catch {
    return null;
  }
}

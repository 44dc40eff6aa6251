import { z } from "zod";
import type { DurableFiles } from "./durable-files.ts";

const count = z.number().int().nonnegative();
const hash = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const time = z.iso.datetime();

const keyRange = z.object({
  /** Of a key in `signer.json`. */
  key: z.string(),
  fromSize: count,
  /** Null: until further notice. */
  toSize: count.nullable(),
  status: z.enum(["active", "retired", "compromised"]),
  reason: z.string().nullable(),
});

const memory = z.object({
  v: z.literal(1),
  tenantId: z.uuid(),
  epoch: z.number().int().positive(),
  origin: z.string(),
  /** The tree of the last signature; size 0 and null before the first. */
  size: count,
  root: hash,
  frontier: z.array(hash),
  note: z.string().nullable(),
  signedAt: time.nullable(),
  /** Why nothing is signed any more, and the index at which the store begins to differ. */
  frozen: z.object({ at: time, atIndex: count.nullable(), sentence: z.string() }).nullable(),
  /** Signed for the last time; the log goes on as the next epoch. */
  sealed: z.object({ at: time, size: count, root: hash, reason: z.string() }).nullable(),
  keys: z.array(keyRange),
});

/** All the signer knows of one epoch of one log. It is the only memory that whoever writes the database cannot write. */
export type LogMemory = z.infer<typeof memory>;
export type KeyRange = z.infer<typeof keyRange>;

const nameOf = (log: { tenantId: string; epoch: number }): string =>
  `logs/${log.tenantId}.e${log.epoch}.json`;
const journalOf = (log: { tenantId: string; epoch: number }): string =>
  `signed/${log.tenantId}.e${log.epoch}.txt`;

export function readMemories(files: DurableFiles): LogMemory[] {
  return files.list("logs").map((name) => parse(files, `logs/${name}`));
}

function parse(files: DurableFiles, name: string): LogMemory {
  const parsed = memory.safeParse(JSON.parse(files.read(name) ?? "null"));
  if (parsed.success) return parsed.data;
  throw new Error(`The signer's state ${name} cannot be read: ${z.prettifyError(parsed.error)}`);
}

/** crash: before anything that follows from it leaves this process. */
export function saveMemory(files: DurableFiles, log: LogMemory): void {
  files.write(nameOf(log), `${JSON.stringify(log, null, 1)}\n`);
}

/** What was signed, and when. */
export type Signature = { readonly size: number; readonly signedAt: string; readonly root: string };

/** One line per signature, in order: what the store must hold for ever. May be repeated. */
export function journalSignature(files: DurableFiles, log: LogMemory): void {
  if (log.signedAt === null) return;
  const line = `${log.size} ${log.signedAt} ${log.root}`;
  if (!files.endOf(journalOf(log), line.length + 2).endsWith(`\n${line}\n`))
    files.append(journalOf(log), line);
}

/** Everything that was ever signed of a log, in order. */
export function* journalledSignatures(
  files: DurableFiles,
  log: { tenantId: string; epoch: number },
): Generator<Signature> {
  for (const line of files.lines(journalOf(log))) {
    const match = /^(\d+) (\d{4}-\S{18}Z) ([A-Za-z0-9+/]{43}=)$/.exec(line);
    if (match) yield { size: Number(match[1]), signedAt: match[2] ?? "", root: match[3] ?? "" };
  }
}

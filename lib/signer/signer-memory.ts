import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { SignerStatement } from "../services/ledger/signer-store.ts";
import type { DurableFiles } from "./durable-files.ts";
import { makeKey } from "./keys.ts";

const time = z.iso.datetime();

const key = z.object({
  id: z.string(),
  role: z.enum(["log", "clock"]),
  publicKey: z.string(),
  createdAt: time,
  destroyedAt: time.nullable(),
});

const statement = z.object({
  tenantId: z.uuid(),
  at: time,
  id: z.uuid(),
  epoch: z.number().int().nullable(),
  kind: z.string(),
  atIndex: z.number().int().nullable(),
  sentence: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

const memory = z.object({
  v: z.literal(1),
  /** Names this signer in its clock key and in the trust root; random, made once. */
  deployment: z.string(),
  keys: z.array(key),
  /** The keys that new logs begin with. */
  logKey: z.string(),
  clockKey: z.string(),
  /** A log key on its way out: each log changes over when it holds the statement of the change. */
  rotation: z.object({ from: z.string(), to: z.string(), orderedAt: time }).nullable(),
  /** Keys that others may hold: every log that they signed is sealed. Null once all are. */
  compromise: z
    .object({ keys: z.array(z.string()), since: time, reason: z.string(), orderedAt: time })
    .nullable(),
  /** A log that an operator had sealed, until it is. Absent in a state of before it was remembered. */
  sealing: z
    .object({
      origin: z.string(),
      size: z.number().int().nonnegative(),
      root: z.string(),
      reason: z.string(),
    })
    .nullable()
    .default(null),
  trustRootVersion: z.number().int().nonnegative(),
  fsckAt: time.nullable(),
  /** Said, but perhaps not yet stored. */
  outbox: z.array(statement),
});

/** What the signer knows apart from its logs. */
export type SignerMemory = z.infer<typeof memory>;

const name = "signer.json";

/** Reads what was left, or begins anew with keys of its own. */
export function openSignerMemory(files: DurableFiles, at: Date): SignerMemory {
  const text = files.read(name);
  if (text !== null) {
    const parsed = memory.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    throw new Error(`The signer's state ${name} cannot be read: ${z.prettifyError(parsed.error)}`);
  }
  if (files.list("logs").length > 0)
    throw new Error(`The signer's folder knows logs, but ${name} is missing. Bring it back from a backup.`);
  const [logKey, clockKey] = [makeKey(files, "log", at), makeKey(files, "clock", at)];
  const begun: SignerMemory = {
    v: 1,
    deployment: Array.from(randomBytes(16), (byte) => letters[byte % 32]).join(""),
    keys: [logKey, clockKey],
    logKey: logKey.id,
    clockKey: clockKey.id,
    rotation: null,
    compromise: null,
    sealing: null,
    trustRootVersion: 0,
    fsckAt: null,
    outbox: [],
  };
  saveSignerMemory(files, begun);
  return begun;
}

const letters = "abcdefghijklmnopqrstuvwxyz234567";

/** crash: before anything that follows from it leaves this process. */
export function saveSignerMemory(files: DurableFiles, held: SignerMemory): void {
  files.write(name, `${JSON.stringify(held, null, 1)}\n`);
}

export function packStatement({ at, ...rest }: SignerStatement): SignerMemory["outbox"][number] {
  return { ...rest, at: at.toISOString() };
}

export function unpackStatement(packed: SignerMemory["outbox"][number]): SignerStatement {
  return { ...packed, kind: packed.kind as SignerStatement["kind"], at: new Date(packed.at) };
}

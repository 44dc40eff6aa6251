import { v7 } from "uuid";
import { systemLogId } from "../core/ledger/system-log.ts";
import { log as events } from "../log.ts";
import type { LogKey, SignerStatement, SignerStore } from "../services/ledger/signer-store.ts";
import type { DurableFiles } from "./durable-files.ts";
import { type LogMemory, readMemories, saveMemory } from "./log-memory.ts";
import {
  openSignerMemory,
  packStatement,
  type SignerMemory,
  saveSignerMemory,
  unpackStatement,
} from "./signer-memory.ts";

/** The signer at work: its folder, the store it watches, the clock, and what it remembers. One per folder. */
export type Signer = {
  readonly files: DurableFiles;
  readonly store: SignerStore;
  readonly now: () => Date;
  /** How long a log without new entries waits for its next signature. */
  readonly idleMs: number;
  self: SignerMemory;
  /** Alarms that stand, so that each is raised once. */
  readonly alarms: Set<string>;
  readonly logs: Map<string, LogMemory>;
};

export function openSigner(parts: Pick<Signer, "files" | "store" | "now" | "idleMs">): Signer {
  const self = openSignerMemory(parts.files, parts.now());
  const logs = new Map(readMemories(parts.files).map((log) => [nameOf(log), log]));
  return { ...parts, self, logs, alarms: new Set() };
}

export const nameOf = ({ tenantId, epoch }: LogKey): string => `${tenantId}/${epoch}`;

/** crash: the file first, then what we believe to know: a write that fails leaves both as they were. */
export function remember(signer: Signer, log: LogMemory): void {
  saveMemory(signer.files, log);
  signer.logs.set(nameOf(log), log);
}

export function rememberSelf(signer: Signer, change: Partial<SignerMemory>): void {
  const self = { ...signer.self, ...change };
  saveSignerMemory(signer.files, self);
  signer.self = self;
}

/** A statement of this moment. */
export function statement(signer: Signer, words: Omit<SignerStatement, "id" | "at">): SignerStatement {
  const at = signer.now();
  return { id: v7({ msecs: at.getTime() }), ...words, at };
}

/** Says something for good: remembered now, stored when the store can be reached. */
export function say(signer: Signer, words: Omit<SignerStatement, "id" | "at">): void {
  rememberSelf(signer, { outbox: [...signer.self.outbox, packStatement(statement(signer, words))] });
}

/** Something that is wrong and no log's fault. Raised once while it lasts. */
export function alarm(signer: Signer, about: string, sentence: string): void {
  if (signer.alarms.has(about)) return;
  signer.alarms.add(about);
  say(signer, {
    tenantId: systemLogId,
    epoch: null,
    kind: "alarm",
    atIndex: null,
    sentence,
    detail: { about },
  });
  events.error({ about }, sentence);
}

/** crash: stored first, then forgotten; storing it again does nothing. */
export async function storeStatements(signer: Signer): Promise<void> {
  const waiting = [...signer.self.outbox];
  if (waiting.length === 0) return;
  for (const statement of waiting) await signer.store.saveStatement(unpackStatement(statement));
  const stored = new Set(waiting.map(({ id }) => id));
  rememberSelf(signer, { outbox: signer.self.outbox.filter(({ id }) => !stored.has(id)) });
}

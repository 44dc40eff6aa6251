import { systemLogId } from "../core/ledger/system-log.ts";
import { log as events } from "../log.ts";
import { destroyKey, makeKey } from "./keys.ts";
import type { LogMemory } from "./log-memory.ts";
import { activeFrom } from "./meet-logs.ts";
import { vkeyOf } from "./note-signer.ts";
import type { SignedTree } from "./sign-log.ts";
import { rememberSelf, type Signer, statement } from "./signer.ts";
import { packStatement } from "./signer-memory.ts";

/** Something that was asked of the signer and cannot be done; the words are for whoever asked. */
export class SignerRefusal extends Error {
  override readonly name = "SignerRefusal";
}

/**
 * Begins a planned change of the log key. Each log is told in an entry of its own; the first checkpoint over that entry
 * carries both signatures, every later one the new key's alone. When all logs have changed over, the old key is destroyed.
 */
export function rotate(signer: Signer): string[] {
  if (signer.self.rotation !== null) throw new SignerRefusal("A rotation is under way: see the status.");
  if (signer.self.compromise !== null)
    throw new SignerRefusal("Logs are still being sealed after a compromise.");
  const at = signer.now();
  const from = keyOf(signer, signer.self.logKey);
  const to = makeKey(signer.files, "log", at);
  const open = [...signer.logs.values()].filter(({ sealed }) => sealed === null);
  const told = open.map((log) =>
    statement(signer, {
      tenantId: log.tenantId,
      epoch: log.epoch,
      kind: "key_rotated",
      atIndex: null,
      sentence:
        "The key that signs this log is replaced as planned. The first checkpoint over this entry is signed by both.",
      detail: {
        origin: log.origin,
        old_key: from.id,
        old_vkey: vkeyOf(from, log.origin, signer.self.deployment),
        new_key: to.id,
        new_vkey: vkeyOf(to, log.origin, signer.self.deployment),
      },
    }),
  );
  // crash: key, rotation and what is said of it are remembered in one write.
  rememberSelf(signer, {
    keys: [...signer.self.keys, to],
    logKey: to.id,
    rotation: { from: from.id, to: to.id, orderedAt: at.toISOString() },
    outbox: [...signer.self.outbox, ...told.map(packStatement)],
  });
  return [
    `The key ${from.id} is being replaced by ${to.id} in ${open.length} logs.`,
    ...waitingWords(signer),
  ];
}

/** The log holds the statement: this tree is signed by both keys, and by the new one from here on. */
export function changeOver(signer: Signer, log: LogMemory, tree: SignedTree): SignedTree {
  const { rotation } = signer.self;
  if (rotation === null || !log.keys.some(({ key, toSize }) => key === rotation.from && toSize === null))
    return tree;
  const keys = log.keys.map((range) =>
    range.key === rotation.from && range.toSize === null
      ? { ...range, toSize: tree.size, status: "retired" as const, reason: "Replaced as planned." }
      : range,
  );
  return { ...tree, keys: [...keys, activeFrom(rotation.to, tree.size)], leaving: rotation.from };
}

/** Destroys the old key as soon as no log needs it. A frozen log may still need it; a sealed one does not. */
export function finishRotation(signer: Signer): void {
  const { rotation } = signer.self;
  if (rotation === null || logsStillOn(signer, rotation.from).length > 0) return;
  const old = keyOf(signer, rotation.from);
  // crash: destroyed first; dying in between, it is found destroyed and recorded as such.
  destroyKey(signer.files, old);
  const at = signer.now();
  const told = statement(signer, {
    tenantId: systemLogId,
    epoch: null,
    kind: "key_rotated",
    atIndex: null,
    sentence: `All logs have changed to the key ${rotation.to}. The private half of ${rotation.from} was destroyed.`,
    detail: { old_key: rotation.from, key: rotation.to, destroyed: true },
  });
  rememberSelf(signer, {
    keys: signer.self.keys.map((key) =>
      key.id === old.id ? { ...key, destroyedAt: at.toISOString() } : key,
    ),
    rotation: null,
    outbox: [...signer.self.outbox, packStatement(told)],
  });
  events.info({ old: rotation.from, new: rotation.to }, "the rotation is finished; the old key is destroyed");
}

function logsStillOn(signer: Signer, key: string): LogMemory[] {
  return [...signer.logs.values()].filter(
    (log) => log.sealed === null && log.keys.some((range) => range.key === key && range.toSize === null),
  );
}

/** Which logs a rotation waits for. */
export function waitingWords(signer: Signer): string[] {
  const { rotation } = signer.self;
  if (rotation === null) return [];
  return logsStillOn(signer, rotation.from).map(
    ({ origin, frozen }) => `  ${origin} still uses ${rotation.from}${frozen ? ": it is frozen" : ""}.`,
  );
}

export function keyOf(signer: Signer, id: string) {
  const key = signer.self.keys.find((each) => each.id === id);
  if (!key) throw new Error(`The key ${id} is not in the signer's state.`);
  return key;
}

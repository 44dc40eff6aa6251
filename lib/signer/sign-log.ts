import { formatCheckpoint } from "../core/ledger/checkpoint.ts";
import { type NoteSigner, signNote } from "../core/ledger/note.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { journalSignature, type LogMemory } from "./log-memory.ts";
import { noteSigner } from "./note-signer.ts";
import { remember, type Signer } from "./signer.ts";

/** What a log is to be signed at. `keys` where they change with this signature; `leaving` signs it, and none after. */
export type SignedTree = Pick<LogMemory, "size" | "root" | "frontier"> & {
  readonly keys?: LogMemory["keys"];
  readonly leaving?: string;
};

/**
 * Signs a tree: the log key in force, the one that leaves with this signature, and the clock key with the time.
 *
 * crash: the signature exists in this process, then in our own memory, then in the list of what was signed, and only
 * then outside. Dying in between, it is stored at the next pass.
 */
export async function signLog(signer: Signer, log: LogMemory, tree: SignedTree): Promise<void> {
  const { leaving, keys = log.keys, ...grown } = tree;
  const at = signer.now();
  const root = Buffer.from(tree.root, "base64");
  const text = formatCheckpoint({ origin: log.origin, size: BigInt(tree.size), root });
  const note = signNote(nodeCrypto, text, signersOf(signer, log.origin, keys, leaving, at));
  const signed: LogMemory = { ...log, ...grown, keys, note, signedAt: at.toISOString() };
  remember(signer, signed);
  await storeSignature(signer, signed);
}

/** Stores the newest signature, once or again. */
export async function storeSignature(signer: Signer, log: LogMemory): Promise<void> {
  if (log.note === null || log.signedAt === null) return;
  journalSignature(signer.files, log);
  await signer.store.saveCheckpoint(log, {
    size: log.size,
    signedAt: new Date(log.signedAt),
    root: Buffer.from(log.root, "base64"),
    note: log.note,
  });
}

function signersOf(
  signer: Signer,
  origin: string,
  keys: LogMemory["keys"],
  leaving: string | undefined,
  at: Date,
): NoteSigner[] {
  const signing = keys.filter(
    ({ key, toSize, status }) => key === leaving || (status === "active" && toSize === null),
  );
  const records = signing.map(({ key: id }) => signer.self.keys.find((each) => each.id === id));
  return records
    .filter((record) => record !== undefined)
    .sort((a, b) => (a.role === b.role ? 0 : a.role === "log" ? -1 : 1))
    .map((record) => noteSigner(signer, record, origin, at));
}

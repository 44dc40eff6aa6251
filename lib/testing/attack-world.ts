import pg from "pg";
import { v7 } from "uuid";
import { afterAll, beforeAll } from "vitest";
import { appendLeaves, emptyFrontier, rootOf } from "../core/ledger/tree.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { openSignerStore } from "../services/ledger/signer-store.ts";
import { fsckTree } from "../signer/fsck-tree.ts";
import type { Signer } from "../signer/signer.ts";
import { bytesOfRow } from "./ledger-bytes.ts";
import { startOwnDatabaseServer } from "./own-database-server.ts";
import { createSignerWorld, type SignerWorld } from "./signer-world.ts";
import { createStoreWorld, type StoreWorld } from "./store-world.ts";

export type Said = { kind: string; at: number | null; sentence: string; found: string[] };

/**
 * A superuser of the database, triggers and foreign keys off: who can do everything there but sign. For a whole test file;
 * each attack of it is made on a log of its own.
 */
export function attackWorld() {
  let world: StoreWorld;
  let signers: SignerWorld;
  let superuser: pg.Client;
  const signerByLog = new Map<string, Signer>();

  beforeAll(async () => {
    const server = await startOwnDatabaseServer({ durable: false });
    world = await createStoreWorld(server.database);
    signers = createSignerWorld(world);
    superuser = new pg.Client({ connectionString: server.superuserUrl });
    await superuser.connect();
    const { rows } = await superuser.query(
      "SELECT relname FROM pg_class WHERE relname LIKE 'ledger\\_%' AND relkind IN ('r', 'p')",
    );
    await superuser.query("SET session_replication_role = replica");
    for (const { relname } of rows) await superuser.query(`ALTER TABLE ${relname} DISABLE TRIGGER ALL`);
    await superuser.query("ALTER TABLE call DISABLE TRIGGER ALL");
  });
  afterAll(async () => {
    await superuser.end();
    signers.drop();
    await world.drop();
  });

  const attack = (text: string, ...values: unknown[]) => superuser.query(text, values);

  /** A signer that looks at this one log: the others of the file are each somebody else's attack. */
  const signerOf = (tenantId: string): Signer => {
    const known = signerByLog.get(tenantId);
    if (known) return known;
    const signer = signers.open();
    const logs = () => openSignerStore().logs(tenantId);
    signer.logs.clear();
    const own = { ...signer, store: { ...signer.store, logs } };
    signerByLog.set(tenantId, own);
    return own;
  };
  const passOver = (tenantId: string) => signers.pass(signerOf(tenantId));
  const fsckOf = (tenantId: string) => world.as("signer", () => fsckTree(signerOf(tenantId)));

  /** Every statement about a log, newest last. */
  const said = async (tenantId: string): Promise<Said[]> => {
    const { rows } = await attack(
      `SELECT kind, at_index::int AS at, sentence, detail -> 'found' AS found FROM signer_statement
        WHERE tenant_id = $1 ORDER BY signer_statement.at, id`,
      tenantId,
    );
    return rows.map(({ found, ...row }) => ({ ...row, found: found ?? [] }));
  };

  /** Bytes that lie in bundles, each in a row of its own as in a log of an earlier version: what is done to one is done to it alone. */
  const layOneByOne = async (log: string): Promise<void> => {
    const { rows } = await attack(
      "DELETE FROM ledger_body WHERE tenant_id = $1 AND bundled IS NOT NULL RETURNING epoch, index::int, appended_at, bytes, bundled",
      log,
    );
    for (const { epoch, index, appended_at, ...row } of rows)
      for (const [i, bytes] of bytesOfRow(row).entries())
        await attack(
          "INSERT INTO ledger_body VALUES ($1, $2, $3, $4, $5)",
          log,
          epoch,
          index + i,
          appended_at,
          bytes,
        );
  };

  const signed = async (batches: readonly number[]): Promise<string> => {
    const log = v7();
    for (const size of batches) {
      await signers.append(log, size);
      await passOver(log);
    }
    return log;
  };

  return {
    layOneByOne,
    world: () => world,
    signers: () => signers,
    attack,
    passOver,
    fsckOf,
    /** A log whose first entry opens it, and behind it batches of so many, each signed. By default 16 entries in all. */
    signedLog: async (...batches: number[]): Promise<string> => {
      const log = await signed(batches.length > 0 ? batches : [3, 3, 5, 4]);
      await layOneByOne(log);
      return log;
    },
    /** The same as the product leaves it: the bytes of a larger batch lie in bundles. */
    bundledLog: (...batches: number[]): Promise<string> => signed(batches),
    /** What the full check says of a log, in the order of the walk. */
    found: async (tenantId: string): Promise<string[]> => {
      await fsckOf(tenantId);
      return (await said(tenantId)).findLast(({ kind }) => kind === "fsck_finished")?.found ?? [];
    },
    frozen: async (tenantId: string) => (await said(tenantId)).find(({ kind }) => kind === "frozen"),
    /** Puts other bytes into the place of an entry, still valid ones, and a leaf hash to fit. */
    forge: async (log: string, index: number, given?: Buffer): Promise<void> => {
      const where = "WHERE tenant_id = $1 AND index = $2";
      const { rows } = await attack(`SELECT bytes FROM ledger_body ${where}`, log, index);
      const bytes = given ?? Buffer.from(rows[0].bytes.toString().replace("thing.done", "thing.gone"));
      await attack(`UPDATE ledger_body SET bytes = $3 ${where}`, log, index, bytes);
      const leaf = "sha256('\\x00'::bytea || $3::bytea)";
      await attack(`UPDATE ledger_entry SET leaf_hash = ${leaf} ${where}`, log, index, bytes);
    },
    /** Root and frontier of every batch anew, from the stored leaf hashes: what an attacker with time would do. */
    recompute: async (log: string): Promise<void> => {
      const leaves = await attack(
        "SELECT leaf_hash FROM ledger_entry WHERE tenant_id = $1 ORDER BY index",
        log,
      );
      const hashes: Buffer[] = leaves.rows.map(({ leaf_hash }) => leaf_hash);
      const ends = "SELECT end_index::int AS end FROM ledger_batch WHERE tenant_id = $1 AND end_index > 0";
      for (const { end } of (await attack(ends, log)).rows) {
        const tree = appendLeaves(nodeCrypto, emptyFrontier, hashes.slice(0, end));
        await attack(
          "UPDATE ledger_batch SET root = $3, frontier = $4 WHERE tenant_id = $1 AND end_index = $2",
          log,
          end,
          Buffer.from(rootOf(nodeCrypto, tree)),
          Buffer.concat(tree.hashes),
        );
      }
    },
  };
}

/** SQL that turns over one bit of a column. */
export const flip = (column: string, at = 0): string =>
  `set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`;

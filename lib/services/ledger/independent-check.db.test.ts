import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPython, independentCheck } from "../../core/ledger/testing/independent-check.ts";
import { type TileAddress, tilePath, tileWidth } from "../../core/ledger/tiles.ts";
import { keysAt, readTrustRoot } from "../../core/ledger/trust-root.ts";
import { checkpointOf } from "../../db/ledger-proof.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { createSignerWorld, type SignerWorld } from "../../testing/signer-world.ts";
import { createStoreWorld, type StoreWorld } from "../../testing/store-world.ts";
import { proveConsistency } from "./prove-consistency.ts";
import { proveEntry } from "./prove-entry.ts";
import { tileReader } from "./tile-reader.ts";

const named =
  "an independent program in Python, on what store and signer hold (skipped where there is no python3)";

describe.skipIf(!hasPython)(named, () => {
  let world: StoreWorld;
  let signers: SignerWorld;
  let folder: string;
  let vkeys: string[];
  const log = { tenantId: v7(), epoch: 1 };
  const [older, size] = [200, 600];

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-independent-"));
    world = await createStoreWorld();
    signers = createSignerWorld(world);
    const signer = signers.open();
    // The log's first entry says that it was opened.
    await signers.append(log.tenantId, older - 1);
    await signers.pass(signer);
    await signers.append(log.tenantId, 150, 250);
    await signers.pass(signer);
    const [newest] = await world.sql<{ document: string }>(
      "signer",
      {},
      "SELECT document FROM ledger_trust_root ORDER BY version DESC LIMIT 1",
    );
    const { origin } = signers.memory(log.tenantId);
    vkeys = keysAt(readTrustRoot(newest?.document ?? ""), origin, BigInt(size))
      .toSorted((a) => (a.role === "log" ? -1 : 1))
      .map(({ vkey }) => vkey);
  });
  afterAll(async () => {
    fs.rmSync(folder, { recursive: true, force: true });
    signers?.drop();
    await world?.drop();
  });

  const put = (name: string, bytes: string | Uint8Array): string => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
    return file;
  };

  it("accepts checkpoints, tiles and proofs", async () => {
    const [before, now] = await world.as("web", () =>
      readTenantsSql([log.tenantId], async (sql) => {
        const readTile = await tileReader(sql, log, allTiles(size));
        for (const tile of allTiles(size)) put(tilePath(tile), readTile(tile));
        return [await checkpointOf(sql, log, older), await checkpointOf(sql, log, size)];
      }),
    );
    const old = put("old", before?.note ?? "");
    const newest = put("newest", now?.note ?? "");
    const grown = await world.as("web", () => proveConsistency(log.tenantId, log.epoch, older, size));
    const proofs = await world.as("web", () =>
      Promise.all(
        [0, 1, 255, 256, 511, 512, size - 1].map((index) => proveEntry(log.tenantId, log.epoch, index)),
      ),
    );
    const answers = independentCheck(folder, vkeys, [
      ["tiles", newest, folder],
      ["consistency", put("grown", grown ?? ""), old],
      ...proofs.map((proof, i) => ["proof", put(`proof-${i}`, "text" in proof ? proof.text : "")] as const),
    ]);
    expect(answers).toEqual([
      "accepted 4 tiles of 600 leaves",
      "accepted 600 goes on from 200",
      ...[0, 1, 255, 256, 511, 512, 599].map((index) => `accepted entry ${index} of 600`),
    ]);
  });
});

function allTiles(size: number): TileAddress[] {
  const tiles: TileAddress[] = [];
  for (let level = 0; size >> (8 * level) > 0; level++) {
    const hashes = size >> (8 * level);
    for (let n = 0; n * tileWidth < hashes; n++)
      tiles.push({ level, n: BigInt(n), width: Math.min(tileWidth, hashes - n * tileWidth) });
  }
  return tiles;
}

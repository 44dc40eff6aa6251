import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTrustRoot, type TrustRoot } from "../../core/ledger/trust-root.ts";
import { verifyConsistencyFile } from "../../core/ledger/verify-consistency-file.ts";
import { verifyEntryProof } from "../../core/ledger/verify-entry-proof.ts";
import { createSignerWorld, type SignerWorld } from "../../testing/signer-world.ts";
import { createStoreWorld, type StoreWorld } from "../../testing/store-world.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { proveConsistency } from "./prove-consistency.ts";
import { proveEntry } from "./prove-entry.ts";
import { LedgerDamaged } from "./tile-reader.ts";

let world: StoreWorld;
let signers: SignerWorld;
let trustRoot: TrustRoot;
const log = v7();
const grown = [3, 256, 258, 770, 1_281];

beforeAll(async () => {
  world = await createStoreWorld();
  signers = createSignerWorld(world);
  const signer = signers.open();
  // The log's first entry says that it was opened.
  let size = 1;
  for (const next of grown) {
    await signers.append(log, next - size);
    await signers.pass(signer);
    size = next;
  }
  const [newest] = await world.sql<{ document: string }>(
    "signer",
    {},
    "SELECT document FROM ledger_trust_root ORDER BY version DESC LIMIT 1",
  );
  trustRoot = readTrustRoot(newest?.document ?? "");
});
afterAll(async () => {
  signers.drop();
  await world.drop();
});

const prove = (index: number) => world.as("web", () => proveEntry(log, 1, index));
const consistency = (from: number, to: number) => world.as("web", () => proveConsistency(log, 1, from, to));
const last = grown.at(-1) ?? 0;

describe("proveEntry", () => {
  it("proves entries of whole tiles, of the last one and at every border, against the newest checkpoint", async () => {
    for (const index of [0, 1, 2, 255, 256, 257, 511, 512, 769, 1_023, 1_024, 1_279, last - 1]) {
      const proof = await prove(index);
      if (proof.state !== "proven") throw new Error(`Entry ${index} is ${proof.state}.`);
      expect(proof.size).toBe(last);
      const verified = verifyEntryProof(nodeCrypto, { file: proof.text, trustRoot });
      expect(verified.checks.filter(({ result }) => result !== "PASS")).toEqual([]);
      expect(verified).toMatchObject({ verdict: "PASS", index: BigInt(index), size: BigInt(last) });
    }
  });

  it("fails to verify when the entry's bytes or its place are another one", async () => {
    const proof = await prove(300);
    if (proof.state !== "proven") throw new Error("It is pending.");
    const forged = [
      proof.text.replace("index 300", "index 301"),
      proof.text.replace(/(extra .{20})(.)/, (_, before, letter) => before + (letter === "A" ? "B" : "A")),
    ];
    for (const file of forged) {
      expect(file).not.toBe(proof.text);
      expect(verifyEntryProof(nodeCrypto, { file, trustRoot }).verdict).toBe("FAIL");
    }
  });

  it("is pending where no checkpoint covers the entry yet", async () => {
    await signers.append(log, 2);
    expect(await prove(last)).toEqual({ state: "pending", isFrozen: false });
    expect(await prove(10_000)).toEqual({ state: "pending", isFrozen: false });
  });

  it("says that the store was damaged where hashes that it needs are gone, and proves nothing by what is left", async () => {
    // As superuser nobody here, so: a checkpoint of more than the store holds, as after a restored backup.
    const lost = v7();
    await signers.append(lost, 2);
    const hash = "decode(repeat('00', 32), 'hex')";
    await world.sql(
      "signer",
      {},
      `INSERT INTO ledger_checkpoint VALUES ('${lost}', 1, 700, now(), ${hash}, 'note')`,
    );
    await expect(world.as("web", () => proveEntry(lost, 1, 1))).rejects.toThrow(LedgerDamaged);
    await expect(world.as("web", () => proveConsistency(lost, 1, 2, 700))).rejects.toThrow(LedgerDamaged);
  });
});

describe("proveConsistency", () => {
  it("proves each checkpoint to be the beginning of each later one", async () => {
    const notes = new Map(
      (
        await world.sql<{ size: string; note: string }>(
          "signer",
          {},
          "SELECT size, note FROM ledger_checkpoint WHERE tenant_id = $1",
          [log],
        )
      ).map(({ size, note }) => [Number(size), note]),
    );
    for (const from of grown)
      for (const to of grown.filter((size) => size > from)) {
        const file = (await consistency(from, to)) ?? "";
        const oldCheckpoint = notes.get(from) ?? "";
        const verified = verifyConsistencyFile(nodeCrypto, { file, oldCheckpoint, trustRoot });
        expect(verified, `${from} to ${to}`).toMatchObject({ verdict: "PASS" });
        const other = notes.get(grown.find((size) => size !== from) ?? 0) ?? "";
        expect(verifyConsistencyFile(nodeCrypto, { file, oldCheckpoint: other, trustRoot }).verdict).toBe(
          "FAIL",
        );
      }
  });

  it("has nothing to prove where no checkpoint has that size", async () => {
    expect(await consistency(3, 700)).toBeNull();
  });
});

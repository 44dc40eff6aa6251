import fs from "node:fs";
import path from "node:path";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCheckpoint } from "../core/ledger/checkpoint.ts";
import { openNote, parseVerifierKey } from "../core/ledger/note.ts";
import { systemLogId } from "../core/ledger/system-log.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { createSignerWorld, letGoOfSigner, type SignerWorld } from "../testing/signer-world.ts";
import { createStoreWorld, type StoreWorld } from "../testing/store-world.ts";
import type { FileStep } from "./durable-files.ts";
import { vkeyOf } from "./note-signer.ts";
import { asOnlySigner } from "./run-signer.ts";

let world: StoreWorld;
let signers: SignerWorld;

beforeAll(async () => {
  world = await createStoreWorld();
  signers = createSignerWorld(world);
});
afterAll(async () => {
  signers.drop();
  await world.drop();
});

type Row = { size: string; note: string; signed_at: Date };
const checkpoints = (tenantId: string) =>
  world.sql<Row>(
    "signer",
    {},
    "SELECT size, note, signed_at FROM ledger_checkpoint WHERE tenant_id = $1 ORDER BY size, signed_at",
    [tenantId],
  );
const sizes = async (tenantId: string) => (await checkpoints(tenantId)).map(({ size }) => Number(size));
const statements = (tenantId: string) =>
  world.sql<{ kind: string; at_index: string | null; sentence: string }>(
    "signer",
    {},
    "SELECT kind, at_index, sentence FROM signer_statement WHERE tenant_id = $1 ORDER BY at, id",
    [tenantId],
  );

describe("the signer", () => {
  it("signs what grew with two keys, says when, and signs nothing twice", async () => {
    const log = v7();
    await signers.append(log, 3, 1);
    const signer = signers.open();
    await signers.pass(signer);
    await signers.pass(signer);
    const [row, ...more] = await checkpoints(log);
    expect(more).toEqual([]);
    const memory = signers.memory(log);
    const keys = signer.self.keys.map((key) =>
      parseVerifierKey(nodeCrypto, vkeyOf(key, memory.origin, signer.self.deployment)),
    );
    const { text, verified } = openNote(nodeCrypto, row?.note ?? "", keys);
    expect(parseCheckpoint(text)).toMatchObject({ origin: memory.origin, size: 5n });
    expect(verified.map(({ key, time }) => [key.type, time])).toEqual([
      [1, null],
      [4, BigInt(Math.floor((row?.signed_at.getTime() ?? 0) / 1_000))],
    ]);
    await signers.append(log, 300);
    await signers.pass(signer);
    expect(await sizes(log)).toEqual([5, 305]);
  });

  it("says once an hour that nothing happened, and not sooner", async () => {
    const log = v7();
    await signers.append(log, 1);
    const signer = signers.open();
    await signers.pass(signer);
    signers.clock.wait(3_000_000);
    await signers.pass(signer);
    expect(await sizes(log)).toEqual([2]);
    signers.clock.wait(700_000);
    await signers.pass(signer);
    expect(await sizes(log)).toEqual([2, 2]);
  });

  it("goes on from its own state after a restart", async () => {
    const log = v7();
    await signers.append(log, 2);
    await signers.pass(signers.open());
    await signers.append(log, 2);
    await signers.pass(signers.open());
    expect(await sizes(log)).toEqual([3, 5]);
  });

  it("does not sign while the clock stands before its last signature", async () => {
    const log = v7();
    await signers.append(log, 2);
    const signer = signers.open();
    await signers.pass(signer);
    await signers.append(log, 2);
    const early = { ...signer, now: () => new Date("2026-11-22T09:00:00.000Z") };
    await signers.pass(early);
    await signers.pass(early);
    expect(await sizes(log)).toEqual([3]);
    const alarms = (await statements(systemLogId)).filter(({ kind }) => kind === "alarm");
    expect(alarms).toMatchObject([
      { sentence: expect.stringContaining("The clock stands before the last signature") },
    ]);
    await signers.pass(signer);
    expect(await sizes(log)).toEqual([3, 5]);
  });

  it("keeps its folder to itself: nobody else may read a key", () => {
    const files = fs.readdirSync(signers.folder, { recursive: true, withFileTypes: true });
    expect(fs.statSync(signers.folder).mode & 0o777).toBe(0o700);
    for (const file of files) expect(fs.statSync(path.join(file.parentPath, file.name)).mode & 0o077).toBe(0);
    expect(files.filter(({ name }) => name.endsWith(".pem"))).toHaveLength(2);
  });

  it("is one of its folder, and one of its database", async () => {
    const others = createSignerWorld(world);
    const [folder, elsewhere] = [{ folder: signers.folder }, { folder: others.folder }];
    const second = (where: { folder: string }) => asOnlySigner(where, async () => "signed");
    await world.as("signer", () =>
      asOnlySigner(folder, async () => {
        await expect(second(folder)).rejects.toThrow(/A signer already runs from .* stop that one first/);
        await expect(second(elsewhere)).rejects.toThrow(/Another signer, of another folder or machine/);
      }),
    );
    expect(await world.as("signer", () => second(elsewhere))).toBe("signed");
    others.drop();
  });

  it("asks for its place again where it was lost, and waits while another one has it", async () => {
    const others = createSignerWorld(world);
    await world.as("signer", () =>
      asOnlySigner({ folder: signers.folder }, async (_, holds) => {
        await letGoOfSigner(world);
        await asOnlySigner({ folder: others.folder }, async () => expect(await holds()).toBe(false));
        expect(await holds()).toBe(true);
        await expect(asOnlySigner({ folder: others.folder }, async () => "signed")).rejects.toThrow(
          /Another signer, of another folder or machine/,
        );
      }),
    );
    others.drop();
  });

  it("takes over the lock of one that was killed", async () => {
    fs.writeFileSync(path.join(signers.folder, "lock.json"), JSON.stringify({ pid: 4_000_000, began: "1" }));
    expect(
      await world.as("signer", () => asOnlySigner({ folder: signers.folder }, async () => "signed")),
    ).toBe("signed");
  });
});

describe("2.17 #11: a signer that dies or whose disk is full between any two of its steps", () => {
  const places: [string, RegExp, FileStep[]][] = [
    ["its memory of the log", /^logs\//, ["open", "write", "sync", "rename", "sync folder"]],
    ["its list of signatures", /^signed\//, ["open", "write", "sync"]],
  ];

  for (const [what, file, steps] of places)
    it.each(steps)(
      `%s of ${what}: nothing leaves that it does not remember, and nothing is lost`,
      async (step) => {
        const log = v7();
        await signers.append(log, 2);
        await signers.pass(signers.open());
        await signers.append(log, 3);
        const before = await checkpoints(log);
        const broken = signers.open((at, name) => {
          if (at === step && file.test(name) && name.includes(log))
            throw new Error("ENOSPC: no space left on device");
        });
        await signers.pass(broken);
        expect(await checkpoints(log)).toEqual(before);
        await signers.pass(signers.open());
        const after = await checkpoints(log);
        expect(after.map(({ size }) => Number(size))).toEqual([3, 6]);
        expect(after.at(-1)?.note).toBe(signers.memory(log).note);
        expect(await statements(log)).toEqual([]);
      },
    );

  it("before the insert: the same note is inserted at the next start, once", async () => {
    const log = v7();
    await signers.append(log, 2);
    const dying = signers.open(undefined, {
      saveCheckpoint: async () => {
        throw new Error("the connection was lost");
      },
    });
    await signers.pass(dying);
    expect(await sizes(log)).toEqual([]);
    const { note } = signers.memory(log);
    const next = signers.open();
    await signers.pass(next);
    await signers.pass(next);
    expect((await checkpoints(log)).map((row) => row.note)).toEqual([note]);
  });
});

describe("a store that is not what was signed", () => {
  it("2.17 #10: holds a checkpoint newer than the signer's own state, which was set back: that log is frozen", async () => {
    const [log, other] = [v7(), v7()];
    await signers.append(log, 2);
    await signers.append(other, 2);
    await signers.pass(signers.open());
    const old = signers.copy();
    await signers.append(log, 2);
    await signers.pass(signers.open());
    await signers.append(log, 2);
    await signers.append(other, 2);
    const restored = createSignerWorld(world);
    fs.cpSync(old, restored.folder, { recursive: true });
    restored.clock.wait(36_000_000);
    await restored.pass(restored.open());
    expect(await sizes(log)).toEqual([3, 5]);
    expect(await sizes(other)).toEqual([3, 5]);
    expect(await statements(log)).toMatchObject([
      {
        kind: "frozen",
        at_index: "3",
        sentence: expect.stringContaining("newer than this signer's own last one (size 3)"),
      },
    ]);
    restored.drop();
  });

  it("was signed by a signer whose state is lost: nothing is signed over it", async () => {
    const fresh = createSignerWorld(world);
    fresh.clock.wait(9_000_000);
    const result = await fresh.pass(fresh.open());
    expect(result).toMatchObject({ signed: 0 });
    expect(result.frozen).toBeGreaterThan(5);
    fresh.drop();
  });
});

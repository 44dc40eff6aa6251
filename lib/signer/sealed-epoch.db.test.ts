import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyConsistency } from "../../scripts/verify/verify-consistency.ts";
import { verifyProof } from "../../scripts/verify/verify-proof.ts";
import { type CallProof, checkpointSearch } from "../contracts/ledger.ts";
import { readTrustRoot } from "../core/ledger/trust-root.ts";
import { verifyEntryProof } from "../core/ledger/verify-entry-proof.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { checkRows } from "../services/ledger/check-rows.ts";
import { getCallProof } from "../services/ledger/get-call-proof.ts";
import { getCallProofFile } from "../services/ledger/get-call-proof-file.ts";
import { getCheckpointNote } from "../services/ledger/get-checkpoint-note.ts";
import { getConsistency } from "../services/ledger/get-consistency.ts";
import { getEntryProofFile } from "../services/ledger/get-entry-proof-file.ts";
import { getLedger } from "../services/ledger/get-ledger.ts";
import { getLog } from "../services/ledger/get-log.ts";
import { getTrustRoot } from "../services/ledger/get-trust-root.ts";
import { listCheckpoints } from "../services/ledger/list-checkpoints.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { relayStatements } from "../services/ledger/relay-statements.ts";
import type { PersonActor } from "../services/sessions/find-session.ts";
import { itOnOneServer } from "../testing/cluster.ts";
import { createSignerWorld, type SignerWorld } from "../testing/signer-world.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { carryOut } from "./carry-out.ts";
import { fsckTree } from "./fsck-tree.ts";
import type { SignerRequest } from "./requests.ts";
import type { Signer } from "./signer.ts";

let world: StoreWorld;
let signers: SignerWorld;
let signer: Signer;
let tenant: StoreTenant;
let auditor: PersonActor;
let folder: string;

beforeAll(async () => {
  world = await createStoreWorld();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-sealed-"));
});
afterAll(async () => {
  signers?.drop();
  fs.rmSync(folder, { recursive: true, force: true });
  await world.drop();
});

async function begin(slug: string): Promise<void> {
  signers?.drop();
  signers = createSignerWorld(world);
  tenant = await world.addTenant(slug);
  auditor = await world.addPerson(slug, { [slug]: "auditor" });
  signer = await watching();
}

/** A signer of this tenant's log alone: the others' were signed by signers that are gone. */
async function watching(): Promise<Signer> {
  const { logs } = signers.open().store;
  const opened = signers.open(undefined, { logs: () => logs(tenant.id) });
  await signers.pass(opened);
  return opened;
}

const why = "For the test of this very thing.";
const web = <T>(action: () => Promise<T>) => world.as("web", action);
const pass = () => signers.pass(signer);
const relay = () => world.as("worker", () => relayStatements(signers.clock.now()));
const ask = (request: SignerRequest) => world.as("signer", () => carryOut(signer, request));
const proofOf = (id = "") => web(() => getCallProof(auditor, id));
const fileOf = (id = "") => web(() => getCallProofFile(auditor, id));
const search = () => ({ log: "tenant" as const, tenant: tenant.slug });

async function record(calls: number): Promise<string[]> {
  const records = Array.from({ length: calls }, (_, i) =>
    // Told of by a log: such calls have no intent at a gateway, which the full check would miss.
    callAt(tenant, new Date(Date.parse("2026-11-14T09:00:00.000Z") + i * 60_000).toISOString(), {
      source: "intake",
    }),
  );
  await world.as("gateway", () => recordCalls(tenant.id, records));
  return records.map(({ id }) => id);
}

async function verify(proof: CallProof) {
  if (proof.state !== "proven") throw new Error(`It is ${proof.state}.`);
  const trustRoot = readTrustRoot((await web(() => getTrustRoot(auditor))).text);
  return verifyEntryProof(nodeCrypto, { file: proof.proof, trustRoot });
}

/** Files as somebody downloads them, and where they are. */
async function download(files: Readonly<Record<string, () => Promise<{ readonly text: string }>>>) {
  const at = (name: string) => path.join(folder, name);
  for (const [name, get] of Object.entries(files)) fs.writeFileSync(at(name), (await web(get)).text);
  return at;
}

function saidBy(run: (write: (text: string) => void) => number) {
  let text = "";
  const status = run((words) => {
    text += words;
  });
  return { status, text };
}

describe("calls of a log that was sealed because its keys were lost", () => {
  let old: string[];
  let late: string[];
  let between: string[];
  let sealedAt: number;
  let kept: { size: number; signedAt: string };

  beforeAll(async () => {
    await begin("robbed");
    old = await record(120);
    await pass();
    const { size, signedAt } = signers.memory(tenant.id);
    kept = { size, signedAt: signedAt ?? "" };
    old.push(...(await record(150)));
    await pass();
    sealedAt = signers.memory(tenant.id).size;
    // Signed again at the same size, when the thief may have had the keys already.
    signers.clock.wait(60_000);
    const since = signers.clock.now().toISOString();
    signers.clock.wait(3_700_000);
    await pass();
    late = await record(30);
    await pass();
    expect((await ask({ do: "compromise", since, reason: why })).ok).toBe(true);
    // Before the worker has opened the next epoch.
    between = await record(2);
  });

  it("stay proven, each against the sealed head, which was signed before the keys were lost", async () => {
    for (const id of [old[0], old[119], old[120], old.at(-1)]) {
      const proof = await proofOf(id);
      expect(proof).toMatchObject({
        state: "proven",
        size: sealedAt,
        sealed: { size: sealedAt, keysLost: true },
      });
      const found = await verify(proof);
      expect(found.checks.filter(({ result }) => result !== "PASS")).toEqual([]);
      expect(found).toMatchObject({ verdict: "PASS", signedAt: null, isTimeLost: true });
      expect(found.content).toMatchObject({ type: "call", call: { body: { id } } });
    }
    const proof = await proofOf(old[0]);
    const signedAt = proof.state === "proven" ? proof.signedAt : "";
    expect(signedAt < (signer.self.keys.at(-1)?.createdAt ?? "")).toBe(true);
    const first = (
      await web(() => listCheckpoints(auditor, checkpointSearch.parse(search())))
    ).items.findLast(({ size }) => size === sealedAt);
    expect(signedAt).toBe(first?.signedAt);
  });

  it("pass npm run verify-proof, which says that their time is not proven", async () => {
    const at = await download({
      "old.tlog-proof": () => getCallProofFile(auditor, old[5] ?? ""),
      "trust-root.json": () => getTrustRoot(auditor),
    });
    const { status, text } = saidBy((write) =>
      verifyProof([at("old.tlog-proof"), "--trust", at("trust-root.json")], write),
    );
    expect(status, text).toBe(0);
    expect(text).toContain("the trust root itself names this very head");
    expect(text).toContain("When it was signed: the keys that say so may be in other hands");
  });

  it("are said not to be proven where they stand behind the seal, signed or not, and no file is handed out", async () => {
    for (const id of [...late, ...between]) {
      const proof = await proofOf(id);
      expect(proof).toMatchObject({ state: "beyond_seal", epoch: 1, sealed: { size: sealedAt } });
      expect(JSON.parse((proof.state === "beyond_seal" && proof.entry) || "{}").body.id).toBe(id);
      await expect(fileOf(id)).rejects.toThrow(`sealed at ${sealedAt} entries`);
    }
    await expect(
      web(() => getEntryProofFile(auditor, { tenant: tenant.slug, epoch: 1, index: sealedAt })),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("and none will") });
  });

  it("are shown as of a sealed epoch until the worker opens the next, and never as waiting for the signer", async () => {
    const log = await web(() => getLog(auditor, search(), new Date(Date.now() + 9e9)));
    expect(log).toMatchObject({ state: "sealed", epoch: 1 });
    expect(log.reason).toContain(`sealed at ${sealedAt} entries and goes on as epoch 2`);
    expect(log.epochs[0]?.sealed).toMatchObject({ size: sealedAt });
  });

  it("are consistent with a checkpoint that somebody kept, by npm run verify-consistency", async () => {
    const span = { ...search(), epoch: 1, from: kept.size, to: sealedAt };
    const at = await download({
      "kept.checkpoint": () =>
        getCheckpointNote(auditor, { ...search(), epoch: 1, size: kept.size, at: kept.signedAt }),
      "grown.consistency": () => getConsistency(auditor, span),
      "trust-root.json": () => getTrustRoot(auditor),
    });
    const { status, text } = saidBy((write) =>
      verifyConsistency(
        [at("grown.consistency"), "--old", at("kept.checkpoint"), "--trust", at("trust-root.json")],
        write,
      ),
    );
    expect(status, text).toBe(0);
    await expect(web(() => getConsistency(auditor, { ...span, to: sealedAt + 1 }))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`sealed at ${sealedAt} entries`),
    });
  });

  it("and those of the next epoch are proven under its own keys", async () => {
    await relay();
    const [id] = await record(1);
    expect(await proofOf(id)).toMatchObject({ state: "waiting", epoch: 2, frozen: false });
    await pass();
    const proof = await proofOf(id);
    expect(proof).toMatchObject({ state: "proven", epoch: 2, sealed: null });
    expect(await verify(proof)).toMatchObject({ verdict: "PASS", isTimeLost: false });
    expect((await verify(await proofOf(old[0]))).verdict).toBe("PASS");
    expect((await proofOf(between[0])).state).toBe("beyond_seal");
    expect((await web(() => getLog(auditor, search()))).state).toBe("signed");
  });

  it("are in a log that is whole only when both halves of the full check were made of both epochs, and as of the oldest", async () => {
    const log = () => web(() => getLog(auditor, search()));
    const tree = () => world.as("signer", () => fsckTree(signer));
    expect((await tree()).ok).toBe(true);
    expect((await log()).state).toBe("signed");
    await world.as("worker", () => checkRows(new Date("2026-11-23T00:00:00.000Z"), "now"));
    const whole = await log();
    expect(whole).toMatchObject({ state: "whole", epoch: 2 });
    expect(whole.verifications.map(({ epoch, part, intact }) => [epoch, part, intact])).toEqual([
      [2, "tree", true],
      [2, "rows", true],
      [1, "tree", true],
      [1, "rows", true],
    ]);
    expect(whole.verifiedAt).toBe(whole.verifications[2]?.at);
  });

  itOnOneServer(
    "of which the sealed checkpoint was taken out of the store are not called waiting",
    async () => {
      const scope = { read: [tenant.id], write: tenant.id };
      await world.sql(
        "owner",
        scope,
        "ALTER TABLE ledger_checkpoint DISABLE TRIGGER keep_row; ALTER TABLE ledger_checkpoint NO FORCE ROW LEVEL SECURITY",
      );
      await world.sql(
        "owner",
        scope,
        "DELETE FROM ledger_checkpoint WHERE tenant_id = $1 AND epoch = 1 AND size = $2",
        [tenant.id, sealedAt],
      );
      await world.sql(
        "owner",
        scope,
        "ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER keep_row; ALTER TABLE ledger_checkpoint FORCE ROW LEVEL SECURITY",
      );
      // The first one lies below an earlier checkpoint, whose signature is worth nothing without the head.
      for (const id of [old[0], old.at(-1)])
        await expect(proofOf(id)).rejects.toMatchObject({ code: "unavailable" });

      // The check of the next epoch comes after that of the sealed one, and does not hide what it found.
      expect((await world.as("signer", () => fsckTree(signer))).ok).toBe(false);
      const log = await web(() => getLog(auditor, search()));
      expect(log).toMatchObject({ state: "failed", epoch: 2, verifiedAt: null });
      expect(log.reason).toMatch(new RegExp(`^Epoch 1: .*checkpoint for size ${sealedAt}.* is missing`));
      const [shown] = (await web(() => getLedger(auditor, {}))).logs;
      expect(shown).toMatchObject({ tenant: "robbed", state: "failed", reason: log.reason });
    },
  );
});

describe("calls of a log whose signer lost its state", () => {
  it("wait while it is frozen, for people; sealed by the new signer none of them counts, but under the old trust root", async () => {
    await begin("forgotten");
    const [id = ""] = await record(3);
    await pass();
    const before = { proof: await proofOf(id), trustRoot: (await web(() => getTrustRoot(auditor))).text };
    signers.drop();
    signers = createSignerWorld(world);
    signers.clock.wait(60_000);
    signer = await watching();
    const [waiting = ""] = await record(1);
    expect(await proofOf(waiting)).toMatchObject({ state: "waiting", frozen: true });
    await expect(fileOf(waiting)).rejects.toThrow("none will while the log is frozen");

    const { origin } = signers.memory(tenant.id);
    expect((await ask({ do: "seal", log: origin, reason: why })).ok).toBe(true);
    await relay();
    await pass();
    for (const each of [id, waiting])
      expect(await proofOf(each)).toMatchObject({
        state: "beyond_seal",
        sealed: { size: 0, keysLost: false },
      });
    const file = before.proof.state === "proven" ? before.proof.proof : "";
    const trustRoot = readTrustRoot(before.trustRoot);
    expect(verifyEntryProof(nodeCrypto, { file, trustRoot }).verdict).toBe("PASS");
    const [next] = await record(1);
    await pass();
    expect((await verify(await proofOf(next))).verdict).toBe("PASS");

    // What the old signer signed stands behind the seal for good, and is no damage.
    expect(await world.as("signer", () => fsckTree(signer))).toMatchObject({ ok: true });
  });

  it("are missed by the full check where their epoch is gone altogether", async () => {
    const { store } = signer;
    const left = async () => (await store.logs()).filter(({ epoch }) => epoch > 1);
    const over = { ...signer, store: { ...store, logs: left } };
    expect(await world.as("signer", () => fsckTree(over))).toMatchObject({ ok: false });
    const log = await web(() => getLog(auditor, search()));
    expect(log).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("Epoch 1: The whole log is gone."),
    });
  });
});

describe("calls of a log that was frozen, and sealed with its keys in hand", () => {
  it("are proven up to the last signature, with its time, and not behind it", async () => {
    await begin("frozen");
    const [id] = await record(3);
    await pass();
    const { origin, size } = signers.memory(tenant.id);
    const [behind] = await record(1);
    expect((await ask({ do: "seal", log: origin, reason: why })).ok).toBe(true);
    await relay();
    const proof = await proofOf(id);
    expect(proof).toMatchObject({ state: "proven", size, sealed: { size, keysLost: false, reason: why } });
    const found = await verify(proof);
    expect(found).toMatchObject({ verdict: "PASS", isTimeLost: false });
    expect(found.signedAt).not.toBeNull();
    expect(await proofOf(behind)).toMatchObject({ state: "beyond_seal" });
  });
});

import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkpointSearch } from "../../contracts/ledger.ts";
import { readTrustRoot } from "../../core/ledger/trust-root.ts";
import { verifyConsistencyFile } from "../../core/ledger/verify-consistency-file.ts";
import { verifyEntryProof } from "../../core/ledger/verify-entry-proof.ts";
import type { Signer } from "../../signer/signer.ts";
import { onCluster } from "../../testing/cluster.ts";
import { createSignerWorld, type SignerWorld } from "../../testing/signer-world.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getCallProof } from "./get-call-proof.ts";
import { getCallProofFile } from "./get-call-proof-file.ts";
import { getCheckpointNote } from "./get-checkpoint-note.ts";
import { getConsistency } from "./get-consistency.ts";
import { getLedger } from "./get-ledger.ts";
import { getLog } from "./get-log.ts";
import { getTrustRoot } from "./get-trust-root.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import { silentAfterMs } from "./log-state.ts";
import { nodeCrypto } from "./node-crypto.ts";

let world: StoreWorld;
let signers: SignerWorld;
let signer: Signer;
let bank: StoreTenant;
let other: StoreTenant;
let auditor: PersonActor;
let root: PersonActor;
let ids: string[];

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const ofBank = { log: "tenant" as const, tenant: "bank" };
const record = async (tenant: StoreTenant, calls: number): Promise<string[]> => {
  const records = Array.from({ length: calls }, (_, i) =>
    callAt(tenant, new Date(Date.parse("2026-11-14T09:00:00.000Z") + i * 60_000).toISOString()),
  );
  await world.as("gateway", () => recordCalls(tenant.id, records));
  return records.map(({ id }) => id);
};
const checkpoints = (search: object = {}) =>
  web(() => listCheckpoints(auditor, checkpointSearch.parse({ ...ofBank, ...search })));

beforeAll(async () => {
  world = await createStoreWorld();
  signers = createSignerWorld(world);
  signer = signers.open();
  bank = await world.addTenant("bank");
  other = await world.addTenant("other");
  auditor = await world.addPerson("one", { bank: "auditor" });
  root = await world.addPerson("root", { bank: "admin", other: "admin" });
  ids = await record(bank, 300);
});
afterAll(async () => {
  signers.drop();
  await world.drop();
});

/** Each step goes on from the one before: unsigned, signed, grown, silent, frozen. */
describe("a log as its page shows it", () => {
  it("is unsigned before the signer ran: no checkpoint, no key, no proof, and nothing is called whole", async () => {
    const log = await web(() => getLog(auditor, ofBank));
    expect(log).toMatchObject({
      state: "unsigned",
      checkpoint: null,
      trustRoot: null,
      keys: [],
      verifiedAt: null,
    });
    expect(log.waiting).toBe(log.entries);
    expect(log.callsBefore).toBe(0);
    expect((await checkpoints()).items).toEqual([]);
    const proof = await web(() => getCallProof(auditor, ids[7] ?? ""));
    expect(proof).toMatchObject({ state: "waiting", origin: log.origin, epoch: 1 });
    expect(JSON.parse((proof.state === "waiting" && proof.entry) || "{}").body.id).toBe(ids[7]);
    await expect(web(() => getCallProofFile(auditor, ids[7] ?? ""))).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(web(() => getTrustRoot(auditor))).rejects.toMatchObject({ code: "not_found" });
  });

  it("is signed, with keys and sizes, after the signer's first pass; whole it is only after a full check", async () => {
    await signers.pass(signer);
    const log = await web(() => getLog(auditor, ofBank));
    expect(log).toMatchObject({ state: "signed", waiting: 0, waitingSince: null, verifiedAt: null });
    expect(log.checkpoint?.size).toBe(log.entries);
    expect(log.keys?.map(({ role, fromSize, toSize, status }) => [role, fromSize, toSize, status])).toEqual([
      ["log", 0, null, "active"],
      ["clock", 0, null, "active"],
    ]);
    expect(log.epochs).toHaveLength(1);
    expect(log.trustRoot?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    await finish("tree", true);
    expect((await web(() => getLog(auditor, ofBank))).state).toBe("signed");
    await finish("rows", true);
    const checked = await web(() => getLog(auditor, ofBank));
    expect(checked).toMatchObject({ state: "whole" });
    expect(checked.verifiedAt).toBe(checked.verifications[0]?.at);
  });

  it("proves every call of it to whoever holds the trust root, and a changed byte to nobody", async () => {
    const trustRoot = readTrustRoot((await web(() => getTrustRoot(auditor))).text);
    for (const id of [ids[0], ids[255], ids.at(-1)]) {
      const { name, text } = await web(() => getCallProofFile(auditor, id ?? ""));
      expect(name).toBe(`${id}.tlog-proof`);
      const found = verifyEntryProof(nodeCrypto, { file: text, trustRoot });
      expect(found.verdict).toBe("PASS");
      expect(found.content).toMatchObject({ type: "call", call: { body: { id } } });
      const changed = text.replace(/^(extra .)./m, "$1A");
      expect(verifyEntryProof(nodeCrypto, { file: changed, trustRoot }).verdict).toBe("FAIL");
    }
  });

  it("proves that a later checkpoint goes on from an earlier one that was kept", async () => {
    const [first] = (await checkpoints()).items;
    if (!first) throw new Error("nothing was signed");
    await record(bank, 40);
    signers.clock.wait(10_000);
    await signers.pass(signer);
    const [second] = (await checkpoints()).items;
    if (!second) throw new Error("nothing was signed");
    expect(second.size).toBeGreaterThan(first.size);
    const kept = await web(() =>
      getCheckpointNote(auditor, { ...ofBank, epoch: 1, size: first.size, at: first.signedAt }),
    );
    expect(kept.name).toBe(`bank-e1-${first.size}.checkpoint`);
    const grown = { ...ofBank, epoch: 1, from: first.size, to: second.size };
    const file = await web(() => getConsistency(auditor, grown));
    expect(file.name).toBe(`bank-e1-${first.size}-${second.size}.consistency`);
    const trustRoot = readTrustRoot((await web(() => getTrustRoot(auditor))).text);
    const found = verifyConsistencyFile(nodeCrypto, { file: file.text, oldCheckpoint: kept.text, trustRoot });
    expect(found.verdict).toBe("PASS");
    await expect(web(() => getConsistency(auditor, { ...grown, to: second.size + 1 }))).rejects.toMatchObject(
      {
        code: "not_found",
      },
    );
  });

  it("lists checkpoints newest first, page by page, none twice and none left out", async () => {
    const all = (await checkpoints()).items;
    expect(all.length).toBeGreaterThan(1);
    const paged: (typeof all)[number][] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof checkpoints>> = await checkpoints({
        limit: 1,
        ...(cursor && { cursor }),
      });
      paged.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(all);
    expect(all.map(({ size }) => size)).toEqual(all.map(({ size }) => size).toSorted((a, b) => b - a));
  });

  it("says that the signer is silent once an entry waits longer than two minutes, and not before", async () => {
    const [id = ""] = await record(bank, 1);
    const waits = await web(() => getLog(auditor, ofBank));
    expect(waits).toMatchObject({ state: "whole", waiting: 1 });
    const since = new Date(waits.waitingSince ?? "").getTime();
    const at = (ms: number) => web(() => getLog(auditor, ofBank, new Date(since + ms)));
    expect((await at(silentAfterMs)).state).toBe("whole");
    expect((await at(silentAfterMs + 1)).state).toBe("silent");
    expect((await web(() => getCallProof(auditor, id))).state).toBe("waiting");
  });

  it("is frozen in the signer's words, and no longer once the signer released it", async () => {
    await say("frozen", "The database holds 3 entries where 300 were signed.", {});
    const frozen = await web(() => getLog(auditor, ofBank));
    expect(frozen).toMatchObject({
      state: "frozen",
      reason: "The database holds 3 entries where 300 were signed.",
    });
    expect(frozen.statements[0]).toMatchObject({ kind: "frozen", epoch: 1 });
    expect((await web(() => getLedger(auditor, {}))).logs).toMatchObject([
      { tenant: "bank", state: "frozen" },
    ]);
    await say("unfrozen", "All of it was read again.", {});
    expect((await web(() => getLog(auditor, ofBank))).state).toBe("whole");
  });

  it("is not called whole when the newest full check of either part found something, with what it found", async () => {
    await finish("rows", false);
    const failed = await web(() => getLog(auditor, ofBank));
    expect(failed).toMatchObject({
      state: "failed",
      verifiedAt: null,
      reason: "Call 7 differs from its entry.",
    });
    expect(failed.verifications.find(({ part }) => part === "rows")).toMatchObject({
      intact: false,
      differences: 2,
      found: ["Call 7 differs from its entry.", "Call 9 has no entry."],
    });
    await finish("rows", true);
    expect((await web(() => getLog(auditor, ofBank))).state).toBe("whole");
  });
});

describe("a trust root that somebody else wrote into the database", () => {
  it("takes the keys off the page and says so, and leaves the rest of it", async () => {
    await world.sql(
      "signer",
      {},
      "INSERT INTO ledger_trust_root (version, at, document) SELECT max(version) + 1, now(), '{}' FROM ledger_trust_root",
    );
    const log = await web(() => getLog(auditor, ofBank));
    expect(log.keys).toBeNull();
    expect(log.entries).toBeGreaterThan(0);
    expect(log.trustRoot?.fingerprint).toBe(
      "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    );
  });
});

describe("calls from before the ledger", () => {
  it.skipIf(onCluster).each([0, 1, 13, 37, 50])(
    "are counted by where the ledger begins: %i of 50",
    async (before) => {
      const tenant = await world.addTenant(`old-${before}`);
      const [first = ""] = await record(tenant, 50);
      await asOwner(
        tenant.id,
        "UPDATE call SET ledger_epoch = NULL, ledger_index = NULL WHERE tenant_id = $1 AND seq <= $2",
        [tenant.id, before],
      );
      const reader = await world.addPerson("reader", { [tenant.slug]: "auditor" });
      const log = await web(() => getLog(reader, { log: "tenant", tenant: tenant.slug }));
      expect(log.callsBefore).toBe(before);
      if (before === 0) return;
      expect(await web(() => getCallProof(reader, first))).toEqual({ state: "not_in_ledger" });
      await expect(web(() => getCallProofFile(reader, first))).rejects.toMatchObject({ code: "not_found" });
    },
  );
});

describe("who may read a log", () => {
  it("is a member of its tenant, in every role; nobody learns of another's", async () => {
    for (const role of ["admin", "officer", "auditor", "developer"] as const) {
      const reader = await world.addPerson(role, { bank: role });
      expect((await web(() => getLog(reader, ofBank))).tenant).toBe("bank");
      expect((await web(() => getLedger(reader, {}))).logs.map(({ tenant }) => tenant)).toEqual(["bank"]);
    }
    const theirs = { log: "tenant" as const, tenant: "other" };
    const [id = ""] = await record(other, 1);
    const [newest] = (await checkpoints()).items;
    const at = newest?.signedAt ?? "";
    const refusals: readonly (() => Promise<unknown>)[] = [
      () => getLog(auditor, theirs),
      () => getLedger(auditor, { tenant: "other" }),
      () => listCheckpoints(auditor, checkpointSearch.parse(theirs)),
      () => getCheckpointNote(auditor, { ...theirs, epoch: 1, size: 1, at }),
      () => getConsistency(auditor, { ...theirs, epoch: 1, from: 1, to: 2 }),
      () => getCallProof(auditor, id),
      () => getCallProofFile(auditor, id),
      () => getCallProof(auditor, v7()),
      () => getCallProof(auditor, "no-id"),
    ];
    for (const refused of refusals) await expect(web(refused)).rejects.toMatchObject({ code: "not_found" });
    expect((await web(() => getCallProof(root, id))).state).toBe("waiting");
  });

  it("of the deployment's own is an administrator of the deployment", async () => {
    await expect(web(() => getLog(auditor, { log: "system" }))).rejects.toMatchObject({ code: "forbidden" });
    expect(await web(() => getLog(root, { log: "system" }))).toMatchObject({
      log: "system",
      tenant: null,
      callsBefore: null,
    });
    expect((await web(() => getLedger(root, {}))).logs.at(-1)).toMatchObject({ log: "system" });
    expect((await web(() => getLedger(auditor, {}))).logs).toHaveLength(1);
  });

  it("must say whose it is", async () => {
    await expect(web(() => getLog(auditor, { log: "tenant" }))).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

/** As the signer and the worker say it, at a moment after everything said before. */
async function say(kind: string, sentence: string, detail: object): Promise<void> {
  await world.sql(
    "signer",
    {},
    `INSERT INTO signer_statement (tenant_id, at, id, epoch, kind, at_index, sentence, detail) VALUES ($1, $2, $3, 1, $4, NULL, $5, $6)`,
    [bank.id, signers.clock.now(), v7(), kind, sentence, JSON.stringify(detail)],
  );
}

function finish(part: "tree" | "rows", ok: boolean): Promise<void> {
  const found = ok ? [] : ["Call 7 differs from its entry.", "Call 9 has no entry."];
  const sentence = found[0] ?? "No difference.";
  return say("fsck_finished", sentence, { part, ok, entries: 300, differences: found.length, found });
}

/** Puts rows into a state that only an older version left behind. */
async function asOwner(tenantId: string, text: string, values: readonly unknown[]): Promise<void> {
  const scope = { read: [tenantId], write: tenantId };
  await world.sql("owner", scope, "ALTER TABLE call DISABLE TRIGGER keep_row");
  await world.sql("owner", scope, text, values);
  await world.sql("owner", scope, "ALTER TABLE call ENABLE TRIGGER keep_row");
}

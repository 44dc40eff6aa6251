import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCheckpoint } from "../core/ledger/checkpoint.ts";
import { decodeEntry } from "../core/ledger/entries/entry.ts";
import { openNote, parseVerifierKey } from "../core/ledger/note.ts";
import { keysAt, readTrustRoot } from "../core/ledger/trust-root.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { relayStatements } from "../services/ledger/relay-statements.ts";
import { itOnOneServer } from "../testing/cluster.ts";
import { createSignerWorld, type SignerWorld } from "../testing/signer-world.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { carryOut } from "./carry-out.ts";
import { fsckTree } from "./fsck-tree.ts";
import { fingerprintOf } from "./publish-trust-root.ts";
import type { SignerRequest } from "./requests.ts";
import { remember, type Signer } from "./signer.ts";

let world: StoreWorld;
let signers: SignerWorld;
let signer: Signer;
let tenant: StoreTenant;

beforeAll(async () => {
  world = await createStoreWorld();
});
afterAll(() => world.drop());

/** Each group begins with a signer and a tenant of its own, and with nothing left to relay. */
async function begin(slug: string): Promise<void> {
  signers?.drop();
  signers = createSignerWorld(world);
  tenant = await world.addTenant(slug);
  signer = signers.open(undefined, {
    logs: async () => (await original()).filter((log) => log.tenantId === tenant.id),
  });
  const original = signers.open().store.logs;
  await pass();
}
afterAll(() => signers?.drop());

const pass = () => signers.pass(signer);
const relay = () => world.as("worker", () => relayStatements(signers.clock.now()));
const ask = (request: SignerRequest) => world.as("signer", () => carryOut(signer, request));
const grow = (entries: number) => signers.append(tenant.id, entries);
const trustRoot = () => readTrustRoot(fs.readFileSync(path.join(signers.folder, "trust-root.json"), "utf8"));
const pems = () => fs.readdirSync(path.join(signers.folder, "keys"));
const why = "For the test of this very thing.";

type Note = { epoch: number; size: number; note: string };
async function notes(): Promise<Note[]> {
  const rows = await world.sql<{ epoch: number; size: string; note: string }>(
    "signer",
    {},
    "SELECT epoch, size, note FROM ledger_checkpoint WHERE tenant_id = $1 ORDER BY epoch, size, signed_at",
    [tenant.id],
  );
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}

/** How many log keys and clock keys of the trust root signed a note, going by the size it names. */
function signedBy({ note, size }: Note): { log: number; clock: number } {
  const origin = note.split("\n")[0] ?? "";
  const keys = keysAt(trustRoot(), origin, BigInt(size));
  const vkeys = keys.map(({ vkey }) => parseVerifierKey(nodeCrypto, vkey));
  if (vkeys.length === 0) return { log: 0, clock: 0 };
  const { verified } = openNote(nodeCrypto, note, vkeys);
  const clock = verified.filter(({ time }) => time !== null).length;
  return { log: verified.length - clock, clock };
}

const entries = async (epoch: number) => {
  const rows = await world.sql<{ bytes: Buffer }>(
    "signer",
    {},
    "SELECT bytes FROM ledger_body WHERE tenant_id = $1 AND epoch = $2 ORDER BY index",
    [tenant.id, epoch],
  );
  return rows.map(({ bytes }) => decodeEntry(bytes));
};

describe("a planned rotation", () => {
  beforeAll(() => begin("rotating"));

  it("is told to the log, signed over by both keys once, and by the new one alone from then on", async () => {
    const old = signer.self.logKey;
    expect((await ask({ do: "rotate" })).ok).toBe(true);
    expect(await ask({ do: "rotate" })).toMatchObject({
      ok: false,
      lines: [expect.stringContaining("under way")],
    });

    // A period that ends here lies inside the rotation: ordered, and not yet in the log.
    await grow(2);
    await pass();
    const inside = (await notes()).at(-1) as Note;
    expect(signedBy(inside)).toEqual({ log: 1, clock: 1 });
    expect(pems()).toHaveLength(3);

    await relay();
    await grow(1);
    await pass();
    const boundary = (await notes()).at(-1) as Note;
    expect(signedBy(boundary)).toEqual({ log: 2, clock: 1 });
    expect(
      (await entries(1)).some(({ type, body }) => type === "signer" && JSON.stringify(body).includes(old)),
    ).toBe(true);

    await grow(1);
    await pass();
    const after = (await notes()).at(-1) as Note;
    expect(signedBy(after)).toEqual({ log: 1, clock: 1 });

    const ranges = trustRoot().logs[0]?.keys.filter(({ role }) => role === "log");
    expect(ranges?.map(({ from_size, to_size, status }) => ({ from_size, to_size, status }))).toEqual([
      { from_size: 0, to_size: boundary.size, status: "retired" },
      { from_size: boundary.size, to_size: null, status: "active" },
    ]);
  });

  it("2.17 #9: exactly at the boundary either key will do, one entry before and behind it only the right one", async () => {
    const [retired, active] = (trustRoot().logs[0]?.keys ?? []).filter(({ role }) => role === "log");
    const opens = (note: string, vkey = "") => {
      try {
        return openNote(nodeCrypto, note, [parseVerifierKey(nodeCrypto, vkey)]).verified.length;
      } catch {
        return 0;
      }
    };
    const all = await notes();
    const at = all.findIndex(({ size }) => size === retired?.to_size);
    const [before, boundary, after] = all.slice(at - 1, at + 2);
    const by = (note: Note | undefined) => [
      opens(note?.note ?? "", retired?.vkey),
      opens(note?.note ?? "", active?.vkey),
    ];
    expect([by(before), by(boundary), by(after)]).toEqual([
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    const names = (size: number) =>
      keysAt(trustRoot(), trustRoot().logs[0]?.origin ?? "", BigInt(size)).map(({ status }) => status);
    const edge = retired?.to_size ?? 0;
    expect([names(edge - 1), names(edge), names(edge + 1)]).toEqual([
      ["retired", "active"],
      ["retired", "active", "active"],
      ["active", "active"],
    ]);
  });

  it("ends with the old key destroyed, which the record says", async () => {
    expect(pems()).toHaveLength(2);
    expect(signer.self.rotation).toBeNull();
    const [row] = await world.sql<{ sentence: string }>(
      "signer",
      {},
      "SELECT sentence FROM signer_statement WHERE kind = 'key_rotated' AND epoch IS NULL",
    );
    expect(row?.sentence).toContain("was destroyed");
    expect((await world.as("signer", () => fsckTree(signer))).ok).toBe(true);
  });

  it("an idle hour after the change is signed by the new key alone", async () => {
    signers.clock.wait(3_700_000);
    await pass();
    expect(signedBy((await notes()).at(-1) as Note)).toEqual({ log: 1, clock: 1 });
  });

  it("waits for a frozen log, and keeps the old key as long", async () => {
    const { origin } = signers.memory(tenant.id);
    await ask({ do: "rotate" });
    await relay();
    signer.logs.set(`${tenant.id}/1`, {
      ...signers.memory(tenant.id),
      frozen: { at: "2026-11-22T10:00:00.000Z", atIndex: 0, sentence: "Something." },
    });
    await grow(1);
    await pass();
    expect(pems()).toHaveLength(3);
    expect((await ask({ do: "status" })).lines.join("\n")).toMatch(
      new RegExp(`${origin} still uses .*it is frozen`),
    );
    expect(await ask({ do: "unfreeze", log: origin, reason: why })).toMatchObject({ ok: true });
    await pass();
    expect(pems()).toHaveLength(2);
  });
});

describe("a compromise", () => {
  beforeAll(() => begin("robbed"));

  it("seals every log at what was signed before it, and goes on under new keys as a new epoch", async () => {
    const first = signers.memory(tenant.id);
    await grow(2);
    await pass();
    const good = signers.memory(tenant.id);
    signers.clock.wait(60_000);
    const since = signers.clock.now().toISOString();
    await grow(2);
    await pass();
    const late = (await notes()).at(-1) as Note;
    expect(late.size).toBeGreaterThan(good.size);
    const lost = [signer.self.logKey, signer.self.clockKey];

    const answer = await ask({ do: "compromise", since, reason: why });
    expect(answer.lines[0]).toContain(`is sealed at ${good.size} of ${late.size} signed entries`);
    const [sealed] = trustRoot().logs;
    expect(sealed?.sealed).toMatchObject({ size: good.size, root: good.root });
    expect(sealed?.keys.map(({ status, to_size }) => [status, to_size])).toEqual([
      ["compromised", good.size],
      ["compromised", good.size],
    ]);
    expect(signedBy(late)).toEqual({ log: 0, clock: 0 });
    for (const id of lost) expect(pems()).not.toContain(`${id}.pem`);

    await relay();
    await pass();
    const [opened, ...said] = await entries(2);
    expect(opened).toMatchObject({
      type: "epoch_opened",
      body: { epoch: 2, previous: { origin: first.origin, size: good.size, root: good.root } },
    });
    expect(said.map(({ type }) => type)).toContain("signer");
    const next = (await notes()).at(-1) as Note;
    expect(next.epoch).toBe(2);
    expect(parseCheckpoint(next.note.split("\n\n")[0]?.concat("\n") ?? "").origin).toBe(
      first.origin.replace("/e1", "/e2"),
    );
    expect(signedBy(next)).toEqual({ log: 1, clock: 1 });
    expect(await relay()).toBe(0);
  });

  it("is finished by the next pass where it was cut short, each log sealed once", async () => {
    const broken = { ...signer, files: { ...signer.files } };
    broken.files.write = (name, text) => {
      if (name.startsWith("logs/")) throw new Error("ENOSPC: no space left on device");
      signer.files.write(name, text);
    };
    const answer = await world.as("signer", () =>
      carryOut(broken, { do: "compromise", since: signers.clock.now().toISOString(), reason: why }),
    );
    expect(answer.ok).toBe(false);
    signer = { ...signers.open(undefined, { logs: signer.store.logs }) };
    expect(signer.self.compromise).not.toBeNull();
    await pass();
    expect(signer.self.compromise).toBeNull();
    expect(trustRoot().logs.map(({ epoch, sealed }) => [epoch, sealed !== null])).toEqual([
      [1, true],
      [2, true],
    ]);
    await relay();
    await pass();
    await relay();
    expect((await notes()).at(-1)?.epoch).toBe(3);
    expect(trustRoot().logs).toHaveLength(3);
    expect((await world.as("signer", () => fsckTree(signer))).lines.join()).not.toMatch(/difference/);
  });

  it("lies neither in the future nor without a reason", async () => {
    const refused = await ask({ do: "compromise", since: "2099-01-01T00:00:00.000Z", reason: why });
    expect(refused).toMatchObject({ ok: false, lines: ["The moment of the compromise lies in the future."] });
  });
});

describe("a frozen log", () => {
  beforeAll(() => begin("frozen"));

  itOnOneServer(
    "becomes a case for people, stands in its own log, and is signed again once the store is right again",
    async () => {
      const { origin } = signers.memory(tenant.id);
      const owner = (text: string) => world.sql("owner", { read: [tenant.id], write: tenant.id }, text);
      const flip = async () => {
        await owner(
          "ALTER TABLE ledger_batch DISABLE TRIGGER keep_row; ALTER TABLE ledger_batch NO FORCE ROW LEVEL SECURITY",
        );
        await owner(
          `UPDATE ledger_batch SET root = set_byte(root, 0, get_byte(root, 0) # 1)
          WHERE tenant_id = '${tenant.id}' AND end_index = ${signers.memory(tenant.id).size}`,
        );
        await owner(
          "ALTER TABLE ledger_batch ENABLE ALWAYS TRIGGER keep_row; ALTER TABLE ledger_batch FORCE ROW LEVEL SECURITY",
        );
      };
      await flip();
      await pass();
      expect((await ask({ do: "unfreeze", log: origin, reason: why })).lines[0]).toMatch(
        /stays frozen.*another root/,
      );
      await relay();
      const [finding] = await world.sql(
        "owner",
        { read: [tenant.id] },
        "SELECT severity, state FROM finding WHERE cause = 'log_frozen'",
      );
      expect(finding).toEqual({ severity: "critical", state: "open" });
      const own = await entries(1);
      expect(own.slice(-2)).toMatchObject([
        { type: "signer", body: { kind: "frozen", sentence: expect.stringContaining("another root") } },
        { type: "event", body: { kind: "finding.opened" } },
      ]);
      expect(await relay()).toBe(0);

      await flip();
      expect(await ask({ do: "unfreeze", log: origin, reason: why })).toMatchObject({ ok: true });
      await pass();
      expect((await notes()).at(-1)?.size).toBe(own.length);
    },
  );

  it("is not released without a word, wherever the release is cut short", async () => {
    const memory = signers.memory(tenant.id);
    const frozen = { at: "2026-11-22T10:00:00.000Z", atIndex: 0, sentence: "Something." };
    const said = async () =>
      (
        await world.sql<{ n: number }>(
          "signer",
          {},
          "SELECT count(*)::int AS n FROM signer_statement WHERE tenant_id = $1 AND kind = 'unfrozen'",
          [tenant.id],
        )
      )[0]?.n ?? 0;
    for (const dies of ["logs/", "signer.json"]) {
      const before = await said();
      remember(signer, { ...memory, frozen });
      const broken = { ...signer, logs: new Map(signer.logs), files: { ...signer.files } };
      broken.files.write = (name, text) => {
        if (name.startsWith(dies)) throw new Error("ENOSPC: no space left on device");
        signer.files.write(name, text);
      };
      const request = { do: "unfreeze", log: memory.origin, reason: why } as const;
      expect((await world.as("signer", () => carryOut(broken, request))).ok).toBe(false);
      signer = signers.open(undefined, { logs: signer.store.logs });
      await pass();
      expect(signers.memory(tenant.id).frozen, dies).not.toBeNull();
      expect(await ask(request)).toMatchObject({ ok: true });
      await pass();
      expect(await said()).toBeGreaterThan(before);
      expect(signers.memory(tenant.id).frozen).toBeNull();
    }
  });

  it("that cannot be mended is sealed where it was signed last, and goes on", async () => {
    const { origin, size, root } = signers.memory(tenant.id);
    expect((await ask({ do: "seal", log: origin, reason: why })).ok).toBe(true);
    expect(await ask({ do: "seal", log: origin, reason: why })).toMatchObject({ ok: false });
    await relay();
    await pass();
    expect((await entries(2))[0]).toMatchObject({ body: { previous: { origin, size, root } } });
    expect((await notes()).at(-1)).toMatchObject({ epoch: 2 });
    expect(trustRoot().logs.map(({ sealed }) => sealed?.size ?? null)).toEqual([size, null]);
  });
});

describe("a seal that is cut short", () => {
  beforeAll(() => begin("cut-short"));

  it("is finished by the next pass at the same tree, and its next epoch is signed", async () => {
    const { origin, size, root } = signers.memory(tenant.id);
    await grow(2);
    const broken = { ...signer, logs: new Map(signer.logs), files: { ...signer.files } };
    broken.files.write = (name, text) => {
      if (name.startsWith("logs/")) throw new Error("ENOSPC: no space left on device");
      signer.files.write(name, text);
    };
    const request = { do: "seal", log: origin, reason: why } as const;
    expect((await world.as("signer", () => carryOut(broken, request))).ok).toBe(false);
    signer = signers.open(undefined, { logs: signer.store.logs });
    await pass();
    expect(signers.memory(tenant.id).sealed).toMatchObject({ size, root, reason: why });
    await relay();
    await pass();
    expect(signers.memory(tenant.id, 2)).toMatchObject({ frozen: null, sealed: null });
    expect((await notes()).at(-1)).toMatchObject({ epoch: 2 });
    expect(signer.self.sealing).toBeNull();
  });
});

describe("the trust root", () => {
  it("is the same in the store, byte for byte, under a version that rises with each change", async () => {
    const document = fs.readFileSync(path.join(signers.folder, "trust-root.json"), "utf8");
    const rows = await world.sql<{ version: number; document: string }>(
      "signer",
      {},
      "SELECT version, document FROM ledger_trust_root ORDER BY version",
    );
    expect(rows.at(-1)?.document).toBe(document);
    expect(rows.map(({ version }) => version)).toEqual(rows.map((_, i) => i + 1));
    expect(fingerprintOf(document)).toMatch(/^[0-9a-f]{64}$/);
    expect(document).not.toMatch(/rotating|robbed|frozen"/);
  });
});

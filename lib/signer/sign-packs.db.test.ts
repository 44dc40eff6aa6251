import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNote, parseVerifierKey } from "../core/ledger/note.ts";
import {
  formatManifest,
  type Manifest,
  manifestNoteText,
  packContext,
} from "../core/ledger/pack/manifest.ts";
import { everyCall } from "../core/reports/call-filter.ts";
import { findPackAnswer, findPackNote, insertPackRequest } from "../db/pack-signature.ts";
import { tenantScope, withTenantSql } from "../db/with-tenant.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { createSignerWorld, type SignerWorld } from "../testing/signer-world.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { vkeyOf } from "./note-signer.ts";
import { rotate } from "./rotate.ts";
import { signPacks } from "./sign-packs.ts";
import type { Signer } from "./signer.ts";

let world: StoreWorld;
let signers: SignerWorld;
let bank: StoreTenant;
let other: StoreTenant;
let signer: Signer;

beforeAll(async () => {
  world = await createStoreWorld();
  signers = createSignerWorld(world);
  bank = await world.addTenant("bank");
  other = await world.addTenant("other");
  signer = signers.open();
  await signers.pass(signer);
  await signers.append(bank.id, 5);
  await signers.pass(signer);
});
afterAll(async () => {
  signers.drop();
  await world.drop();
});

function manifest(over: Partial<Manifest> = {}): Manifest {
  const { origin, size, root } = signers.memory(bank.id);
  return {
    v: 1,
    id: "0123456789abcdef0123456789abcdef",
    deployment: signer.self.deployment,
    tenant: { id: bank.id, slug: bank.slug },
    simulated: true,
    log: origin,
    range: { first: 0, end: size },
    end_root: root,
    period: { from: "2026-11-01T00:00:00.000Z", to: "2026-12-01T00:00:00.000Z" },
    status: "provisional",
    filter: everyCall,
    disclosure: "all",
    supersedes: null,
    files: [{ path: "report.json", bytes: 2, sha256: "0".repeat(64) }],
    ...over,
  };
}

async function ask(bytes: Uint8Array, tenantId = bank.id) {
  const id = v7();
  const request = { tenantId, id, epoch: 1, manifest: Buffer.from(bytes) };
  await world.as("worker", () =>
    withTenantSql(tenantScope(tenantId), (sql) => insertPackRequest(sql, request, new Date())),
  );
  expect(await world.as("signer", () => signPacks(signer))).toBe(1);
  return world.as("worker", () =>
    withTenantSql(tenantScope(tenantId), (sql) => findPackAnswer(sql, tenantId, id)),
  );
}

const logKey = () => {
  const { origin } = signers.memory(bank.id);
  const record = signer.self.keys.find(({ id }) => id === signer.self.logKey);
  if (!record) throw new Error("There is no log key.");
  return parseVerifierKey(nodeCrypto, vkeyOf(record, origin, signer.self.deployment));
};

describe("signing packs", () => {
  it("signs a manifest of a range that it signed, under a context of its own, and the same bytes the same way", async () => {
    const bytes = formatManifest(manifest());
    const first = await ask(bytes);
    expect(first?.refusal).toBeNull();
    const { text, verified } = openNote(nodeCrypto, first?.note ?? "", [logKey()]);
    expect(text).toBe(manifestNoteText(nodeCrypto, manifest(), bytes));
    expect(text.startsWith(`${packContext}\n`)).toBe(true);
    expect(verified).toHaveLength(1);
    expect(await ask(bytes)).toEqual(first);
    const kept = await world.as("worker", () =>
      withTenantSql(tenantScope(bank.id), (sql) => findPackNote(sql, bank.id, Buffer.from(bytes))),
    );
    expect(kept).toBe(first?.note);
  });

  it.each([
    [
      "a root that was never signed",
      () => manifest({ end_root: Buffer.alloc(32, 7).toString("base64") }),
      /root that this signer has not signed/,
    ],
    [
      "a size between two checkpoints",
      () => manifest({ range: { first: 0, end: signers.memory(bank.id).size - 1 } }),
      /has not signed/,
    ],
    [
      "a beginning that was never signed",
      () => manifest({ range: { first: 1, end: signers.memory(bank.id).size } }),
      /begins at 1/,
    ],
    ["a size beyond what was signed", () => manifest({ range: { first: 0, end: 9_999 } }), /has not signed/],
    ["another tenant's log", () => manifest({ log: signers.memory(other.id).origin }), /another log/],
    ["another tenant's name", () => manifest({ tenant: { id: other.id, slug: "other" } }), /another log/],
    ["a range that ends before it begins", () => manifest({ range: { first: 3, end: 2 } }), /no manifest/],
  ])("refuses %s", async (_, made, words) => {
    const answer = await ask(formatManifest(made()));
    expect(answer?.note).toBeNull();
    expect(answer?.refusal).toMatch(words);
  });

  it("refuses bytes that are no manifest, or one written otherwise", async () => {
    for (const text of ["", "{}", "null", "[1]", JSON.stringify(manifest(), null, 1), `\ufeff${"{"}`]) {
      const bytes = Buffer.from(text === "" ? "x" : text);
      expect((await ask(bytes))?.refusal).toMatch(/no manifest/);
    }
  });

  it("never signs a checkpoint that way, nor takes the request of one tenant for another's log", async () => {
    const answer = await ask(formatManifest(manifest()), other.id);
    expect(answer?.refusal).toMatch(/another log/);
    const { origin, size, root } = signers.memory(bank.id);
    expect((await ask(Buffer.from(`${origin}\n${size}\n${root}\n`)))?.refusal).toMatch(/no manifest/);
  });

  it("signs with the key in force after a change of keys", async () => {
    const before = manifest();
    rotate(signer);
    await signers.pass(signer);
    const answer = await ask(formatManifest({ ...before, status: "final" }));
    expect(answer?.refusal).toBeNull();
  });

  it("lets nobody but the worker ask, and nobody but the signer answer", async () => {
    const scope = { read: [bank.id], write: bank.id };
    const asking = `INSERT INTO pack_signature_request (tenant_id, id, epoch, manifest, manifest_sha256, requested_at)
      VALUES ('${bank.id}', '${v7()}', 1, 'x', sha256('x'), now())`;
    for (const role of ["web", "gateway", "signer"] as const)
      await expect(world.sql(role, scope, asking), role).rejects.toThrow(/permission denied/);
    const [row] = await world.sql<{ id: string }>(
      "worker",
      scope,
      "SELECT id FROM pack_signature_request LIMIT 1",
    );
    const answering = `INSERT INTO pack_signature (tenant_id, request_id, answered_at, note) VALUES ('${bank.id}', '${row?.id}', now(), 'forged')`;
    for (const role of ["web", "gateway", "worker"] as const)
      await expect(world.sql(role, scope, answering), role).rejects.toThrow(/permission denied/);
    for (const table of ["pack_signature", "pack_signature_request"]) {
      expect(await world.sql("owner", scope, `DELETE FROM ${table} RETURNING 1`), table).toEqual([]);
      for (const role of ["web", "worker", "signer"] as const)
        await expect(world.sql(role, scope, `DELETE FROM ${table}`), role).rejects.toThrow(
          /permission denied/,
        );
    }
  });
});

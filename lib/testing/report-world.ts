import { createHash } from "node:crypto";
import { openArchive } from "../core/ledger/pack/archive.ts";
import type { PackPort } from "../core/ledger/pack/open-pack.ts";
import type { PackVerification } from "../core/ledger/pack/pack-outcome.ts";
import { verifyPack } from "../core/ledger/pack/verify-pack.ts";
import { readTrustRoot } from "../core/ledger/trust-root.ts";
import { newestTrustRoot } from "../db/ledger-trust-root.ts";
import { buildPack } from "../reports/build-pack.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { type BuildOutcome, buildNextReport } from "../services/reports/build-next-report.ts";
import { linkReport } from "../services/reports/link-report.ts";
import { type TakenReport, takeReport } from "../services/reports/take-report.ts";
import type { PersonActor } from "../services/sessions/find-session.ts";
import { signPacks } from "../signer/sign-packs.ts";
import type { Signer } from "../signer/signer.ts";
import { createSignerWorld, type SignerWorld } from "./signer-world.ts";
import type { StoreWorld } from "./store-world.ts";

export type ReportWorld = {
  readonly signers: SignerWorld;
  readonly signer: Signer;
  /** A worker that leads later than all before. */
  nextLead(): number;
  /** Builds the oldest report that waits, while a signer answers beside it. */
  buildNow(over?: {
    readonly signal?: AbortSignal;
    readonly build?: typeof buildPack;
  }): Promise<BuildOutcome>;
  take(
    actor: PersonActor,
    id: string,
    part?: Parameters<typeof linkReport>[1]["part"],
  ): Promise<Omit<TakenReport, "bytes"> & { readonly bytes: Buffer }>;
  /** The newest trust root, as the deployment hands it out. */
  trustRootText(): Promise<string>;
  verify(zip: Buffer): Promise<PackVerification>;
  drop(): void;
};

/** Everything that building a report takes, on real parts: a store, a signer beside it, a worker. */
export function createReportWorld(world: StoreWorld): ReportWorld {
  const signers = createSignerWorld(world);
  // On connections of its own: it answers while the worker waits.
  const signer = signers.open(undefined, {
    packRequests: () =>
      world.sql<never>(
        "signer",
        {},
        `SELECT r.tenant_id AS "tenantId", r.id, r.epoch, r.manifest FROM pack_signature_request r
          WHERE NOT EXISTS (SELECT FROM pack_signature s WHERE s.request_id = r.id)`,
      ),
    answerPackRequest: async ({ tenantId, id }, { note, refusal }, at) => {
      const text =
        "INSERT INTO pack_signature (tenant_id, request_id, answered_at, note, refusal) VALUES ($1, $2, $3, $4, $5)";
      await world.sql("signer", {}, text, [tenantId, id, at, note, refusal]);
    },
  });
  let fence = 0;
  const trustRootText = async () => (await world.as("worker", newestTrustRoot))?.document ?? "";
  return {
    signers,
    signer,
    trustRootText,
    nextLead: () => {
      fence += 1;
      return fence;
    },
    async buildNow({ build = buildPack, signal = new AbortController().signal } = {}) {
      let busy = false;
      const timer = setInterval(async () => {
        if (busy) return;
        busy = true;
        await signPacks(signer).finally(() => {
          busy = false;
        });
      }, 50);
      try {
        return await world.as("worker", () => buildNextReport({ build, software: "1", fence, signal }));
      } finally {
        clearInterval(timer);
        while (busy) await new Promise(setImmediate);
      }
    },
    take: (actor, id, part = "pack") =>
      world.as("web", async () => {
        const { href } = await linkReport(actor, { id, part });
        const taken = await takeReport(actor, href.split("/").at(-1) ?? "");
        const parts: Uint8Array[] = [];
        for await (const piece of taken.bytes) parts.push(piece);
        const bytes = Buffer.concat(parts);
        if (bytes.length !== taken.size) throw new Error(`${bytes.length} of ${taken.size} bytes came.`);
        return { ...taken, bytes };
      }),
    verify: async (zip) =>
      verifyPack(port, sourceOf(zip), { trustRoot: readTrustRoot(await trustRootText()) }),
    drop: () => signers.drop(),
  };
}

/** A file of a pack, as text. */
export function fileIn(zip: Buffer, path: string): string {
  const { readAt, size } = sourceOf(zip);
  const file = openArchive(readAt, size).get(path);
  if (!file) throw new Error(`There is no ${path}.`);
  return zip.subarray(file.offset, file.offset + file.bytes).toString("utf8");
}

const port: PackPort = {
  crypto: nodeCrypto,
  hasher: () => {
    const hash = createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  },
};

const sourceOf = (zip: Buffer) => ({
  size: zip.length,
  readAt: (at: number, length: number) => zip.subarray(at, at + length),
});

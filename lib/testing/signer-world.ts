import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { v7 } from "uuid";
import { withClient } from "../../scripts/database/client.ts";
import type { EntryDraft } from "../core/ledger/entries/entry-draft.ts";
import { eventDraft } from "../core/ledger/entries/event-body.ts";
import { tenantScope, withTenantSql } from "../db/with-tenant.ts";
import { appendEntries } from "../services/ledger/append-entries.ts";
import { openSignerStore, type SignerStore } from "../services/ledger/signer-store.ts";
import { openDurableFiles } from "../signer/durable-files.ts";
import { type LogMemory, readMemories } from "../signer/log-memory.ts";
import { pass } from "../signer/pass.ts";
import { openSigner, type Signer } from "../signer/signer.ts";
import type { StoreWorld } from "./store-world.ts";

/** In memory where there is such a folder: the signer syncs much, and only a power cut would tell the difference. */
const place = fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir();

type Before = Parameters<typeof openDurableFiles>[1];

export type SignerWorld = {
  /** The signer's folder. */
  readonly folder: string;
  /** A clock of its own: a second passes with each look at it, more only when a test says so. */
  readonly clock: { wait(ms: number): void; now(): Date };
  /** Opens the signer anew, as after a restart. */
  open(before?: Before, store?: Partial<SignerStore>): Signer;
  /** Appends events to a log of no tenant in particular, in batches of these sizes. Answers the log. */
  append(tenantId: string, ...batches: number[]): Promise<void>;
  appendDrafts(tenantId: string, ...drafts: EntryDraft[]): Promise<void>;
  pass(signer: Signer): ReturnType<typeof pass>;
  memory(tenantId: string, epoch?: number): LogMemory;
  copy(): string;
  drop(): void;
};

/** A signer of a test's own beside a store. */
export function createSignerWorld(world: StoreWorld): SignerWorld {
  const folder = fs.mkdtempSync(path.join(place, "domicile-signer-"));
  const copies: string[] = [];
  let time = Date.parse("2026-11-22T10:00:00.000Z");
  const clock = {
    wait: (ms: number) => {
      time += ms;
    },
    now: () => {
      time += 1_000;
      return new Date(time);
    },
  };
  let events = 0;
  const made: SignerWorld = {
    folder,
    clock,
    open(before, store) {
      const real = openSignerStore();
      const files = openDurableFiles(folder, before);
      return openSigner({ files, store: { ...real, ...store }, now: clock.now, idleMs: 3_600_000 });
    },
    async append(tenantId, ...batches) {
      for (const size of batches)
        await made.appendDrafts(
          tenantId,
          ...Array.from({ length: size }, () => {
            events += 1;
            const at = new Date(time).toISOString();
            const subject = `thing ${events}`;
            return eventDraft({
              id: v7(),
              at,
              actor: "system",
              actorId: "test",
              actorName: "test",
              kind: "thing.done",
              subject,
              detail: {},
            });
          }),
        );
    },
    appendDrafts: async (tenantId, ...drafts) => {
      // A log of nobody: on a cluster rows are taken beside the head of their tenant.
      if (process.env.CITUS_URL)
        await world.sql(
          "owner",
          { read: [tenantId], write: tenantId },
          "INSERT INTO recording_head (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING",
          [tenantId],
        );
      await world.as("worker", () =>
        withTenantSql(tenantScope(tenantId), async (sql) => {
          await appendEntries(sql, tenantId, drafts, new Date(time));
        }),
      );
    },
    pass: (signer) => world.as("signer", () => pass(signer)),
    memory(tenantId, epoch = 1) {
      const found = readMemories(openDurableFiles(folder)).find(
        (log) => log.tenantId === tenantId && log.epoch === epoch,
      );
      if (!found) throw new Error("The signer does not know this log.");
      return found;
    },
    copy() {
      const copy = fs.mkdtempSync(path.join(place, "domicile-signer-"));
      copies.push(copy);
      fs.cpSync(folder, copy, { recursive: true });
      return copy;
    },
    drop() {
      for (const each of [folder, ...copies]) fs.rmSync(each, { recursive: true, force: true });
    },
  };
  return made;
}

/** The server ends the connection on which a signer holds its place, as when it restarts. */
export async function letGoOfSigner({ database }: StoreWorld): Promise<void> {
  await withClient(database.urls.signer, (client) =>
    client.query(
      `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE application_name = 'domicile signer' AND datname = current_database()`,
    ),
  );
}

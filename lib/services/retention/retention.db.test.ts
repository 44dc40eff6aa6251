import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { heartbeatDraft } from "../../core/ledger/entries/boot-body.ts";
import { readTrustRoot, type TrustRoot } from "../../core/ledger/trust-root.ts";
import { verifyEntryProof } from "../../core/ledger/verify-entry-proof.ts";
import { erasedListBytes, erasureEvent } from "../../core/retention/erased-list.ts";
import { pruneEvent } from "../../core/retention/prune-event.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { retentionInForce } from "../../db/retention.ts";
import { openingsOfRequest, prunableEpochs } from "../../db/retention-run.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { fsckTree } from "../../signer/fsck-tree.ts";
import type { Signer } from "../../signer/signer.ts";
import { onCluster } from "../../testing/cluster.ts";
import { dumpTables } from "../../testing/dump-tables.ts";
import { createSignerWorld, type SignerWorld } from "../../testing/signer-world.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { appendEntries } from "../ledger/append-entries.ts";
import { appendJobEvent } from "../ledger/append-job-event.ts";
import { checkRows } from "../ledger/check-rows.ts";
import { nodeCrypto } from "../ledger/node-crypto.ts";
import { proveEntry } from "../ledger/prove-entry.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { approveRequest, rejectRequest, withdrawRequest } from "./decide-request.ts";
import { eraseApproved } from "./erase-approved.ts";
import { expiryOf } from "./expiry.ts";
import { getRetention, previewRetention } from "./get-retention.ts";
import { pruneExpired } from "./prune-expired.ts";
import { findSubject, requestErasure } from "./request-erasure.ts";
import { placeHold, requestLift, requestRetention } from "./request-retention.ts";
import { retentionJob } from "./say-then-do.ts";

const monthMs = 31 * 86_400_000;
const now = Date.now();
const ago = (months: number) => new Date(now - months * monthMs);
const person = "anna.svensson@customer.example";
const other = "bjorn.berg@customer.example";
const reason = "The reason is long enough to be one.";

let world: StoreWorld;
let signers: SignerWorld;
let signer: Signer;
let trustRoot: TrustRoot;
let bank: StoreTenant;
let olga: PersonActor;
let otto: PersonActor;
let auditor: PersonActor;
/** Proofs as they were made before anything was deleted, by index. */
const proofs = new Map<number, string>();

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const worker = <T>(action: () => Promise<T>) => world.as("worker", action);
const owner = <Row>(text: string, values: readonly unknown[] = []) =>
  world.sql<Row>("owner", { read: [bank.id], write: bank.id }, text, values);
const count = async (table: string, where = "true") => {
  const [row] = await owner<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`);
  return row?.n ?? 0;
};
const decision = (id: string) => ({ tenant: "bank", id, note: "Checked." });
/** A gateway run that began before what will expire, and went on after it. */
const boot = v7({ msecs: ago(10).getTime() });
let numbers = 0;
const say = (at: Date, endUser: string | null) =>
  callAt(bank, at.toISOString(), {
    endUser,
    clientRequestId: endUser && `req-${endUser.slice(0, 4)}`,
    intent: { bootId: boot, n: ++numbers },
  });
const record = (at: Date, calls: ReturnType<typeof say>[]) =>
  world.as("gateway", () => recordCalls(bank.id, calls, () => at));
/** The gateway says that every number so far has its entry. */
const beat = (at: Date) =>
  worker(() =>
    withTenantSql(tenantScope(bank.id), (sql) =>
      appendEntries(
        sql,
        bank.id,
        [heartbeatDraft({ boot, issuedTo: numbers, open: { ranges: [], count: 0 } })],
        at,
      ),
    ),
  );
const sign = () => signers.pass(signer);
const prove = (index: number) => web(() => proveEntry(bank.id, 1, index));
const verify = (file: string) => verifyEntryProof(nodeCrypto, { file, trustRoot }).verdict;
const checks = async () => ({
  tree: await world.as("signer", () => fsckTree(signer)),
  rows: await worker(() => checkRows(new Date(), "now")),
});
const demandWhole = async () => {
  const { tree, rows } = await checks();
  expect([...tree.lines, ...rows.lines].filter((line) => /difference|not what/.test(line))).toEqual([]);
  expect(tree.ok).toBe(true);
  expect(rows.differences).toBe(0);
};

beforeAll(async () => {
  world = await createStoreWorld();
  signers = createSignerWorld(world);
  signer = signers.open();
  bank = await world.addTenant("bank", {}, ago(12));
  await record(ago(10), [say(ago(10), person), say(ago(10), other), say(ago(10), null)]);
  await record(
    ago(9),
    Array.from({ length: 300 }, () => say(ago(9), null)),
  );
  await sign();
  olga = await world.addPerson("olga", { bank: "officer" });
  otto = await world.addPerson("otto", { bank: "officer" });
  auditor = await world.addPerson("audit", { bank: "auditor" });
  await record(new Date(now), [say(new Date(now), person), say(new Date(now), other)]);
  await beat(new Date(now));
  await sign();
  const [newest] = await world.sql<{ document: string }>(
    "signer",
    {},
    "SELECT document FROM ledger_trust_root ORDER BY version DESC LIMIT 1",
  );
  trustRoot = readTrustRoot(newest?.document ?? "");
  const [head] = await owner<{ size: number }>("SELECT max(end_index)::int AS size FROM ledger_batch");
  for (let index = 0; index < (head?.size ?? 0); index += 1) {
    const proof = await prove(index);
    if (proof.state !== "proven") throw new Error(`Entry ${index} is ${proof.state}.`);
    proofs.set(index, proof.text);
  }
});
afterAll(async () => {
  signers.drop();
  await world.drop();
});

describe("erasing a person", () => {
  it("is asked by one and approved by another, in the verbs and in the database itself", async () => {
    const input = {
      tenant: "bank",
      endUser: person,
      reference: "DSR-2026-12",
      basis: "GDPR Art. 17(1)",
      reason,
    };
    await web(async () => {
      await expect(requestErasure(auditor, input)).rejects.toMatchObject({ code: "forbidden" });
      expect(await findSubject(olga, { tenant: "bank", endUser: person })).toEqual({
        openings: 4,
        entries: 2,
      });
      expect(await findSubject(olga, { tenant: "bank", endUser: "nobody" })).toEqual({
        openings: 0,
        entries: 0,
      });
    });
    const { id, openings } = await web(() => requestErasure(olga, input));
    expect(openings).toBe(4);
    await web(() => expect(approveRequest(olga, decision(id))).rejects.toMatchObject({ code: "forbidden" }));
    await web(() =>
      expect(approveRequest(auditor, decision(id))).rejects.toMatchObject({ code: "forbidden" }),
    );
    const decide = (requestedBy: string, decidedBy: string) =>
      world.sql(
        "web",
        { read: [bank.id], write: bank.id },
        "INSERT INTO retention_decision VALUES ($1, $2, $3, 'approved', 'x', $4, now(), NULL)",
        [bank.id, id, requestedBy, decidedBy],
      );
    await expect(decide(olga.personId, olga.personId)).rejects.toThrow(/four_eyes/);
    await expect(decide(otto.personId, olga.personId)).rejects.toThrow(/foreign key/);
    expect(await worker(() => eraseApproved(new Date()))).toBe(0);
    await web(() => approveRequest(otto, decision(id)));
    await web(() => expect(approveRequest(otto, decision(id))).rejects.toMatchObject({ code: "conflict" }));
  });

  it("deletes that person's openings across the log, the id of their requests, and nobody else's", async () => {
    expect(await worker(() => eraseApproved(new Date()))).toBe(4);
    expect(await count("ledger_opening", "field = 'end_user'")).toBe(2);
    expect(await count("call", "client_request_id IS NOT NULL")).toBe(2);
    await web(async () => {
      expect(await findSubject(olga, { tenant: "bank", endUser: person })).toEqual({
        openings: 0,
        entries: 0,
      });
      expect(await findSubject(olga, { tenant: "bank", endUser: other })).toEqual({
        openings: 4,
        entries: 2,
      });
    });
  });

  it("is an entry with the request, how many, which fields, the hash of the list and both people, named nowhere", async () => {
    const [event] = await owner<{ detail: Record<string, unknown>; index: number }>(
      "SELECT detail, ledger_index::int AS index FROM audit_event WHERE kind = 'privacy.erased'",
    );
    expect(event?.detail).toMatchObject({
      reference: "DSR-2026-12",
      openings: 4,
      entries: 2,
      fields: ["client_request_id", "end_user"],
      late: false,
      requestedById: olga.personId,
      approvedById: otto.personId,
    });
    const [body] = await owner<{ bytes: Buffer }>("SELECT bytes FROM ledger_body WHERE index = $1", [
      event?.index,
    ]);
    expect(body?.bytes.toString()).toContain(String(event?.detail.listSha256));
    for (const text of [person, olga.name, otto.name]) expect(body?.bytes.toString()).not.toContain(text);
  });

  it("leaves every earlier proof valid, and both full checks find nothing", async () => {
    for (const [, proof] of proofs) expect(verify(proof)).toBe("PASS");
    await sign();
    await demandWhole();
  });

  it("can be asked again: nothing is left, and the entry says so", async () => {
    const input = {
      tenant: "bank",
      endUser: person,
      reference: "DSR-2026-13",
      basis: "GDPR Art. 17(1)",
      reason,
    };
    const { id, openings } = await web(() => requestErasure(otto, input));
    expect(openings).toBe(0);
    await web(() => approveRequest(olga, decision(id)));
    expect(await worker(() => eraseApproved(new Date()))).toBe(0);
    expect(await worker(() => eraseApproved(new Date()))).toBe(0);
    expect(await count("privacy_erasure")).toBe(2);
  });

  it("reaches what comes late of a call that had begun before, and not what the person does afterwards", async () => {
    const later = new Date(now + 3_600_000);
    await record(later, [say(ago(1), person), say(later, person)]);
    expect(await worker(() => eraseApproved(later))).toBe(2);
    expect(await worker(() => eraseApproved(later))).toBe(0);
    await web(async () =>
      expect(await findSubject(olga, { tenant: "bank", endUser: person })).toEqual({
        openings: 2,
        entries: 1,
      }),
    );
    await sign();
    await demandWhole();
  });

  it("is undone by nobody, and an opening that goes otherwise is missed by the full check", async () => {
    const scope = { read: [bank.id], write: bank.id };
    for (const role of ["web", "worker", "gateway"] as const)
      await expect(world.sql(role, scope, "DELETE FROM ledger_opening")).rejects.toThrow(/denied/);
    // No policy shows the owner a row to delete.
    expect(await owner("DELETE FROM ledger_opening WHERE field = 'end_user' RETURNING index")).toEqual([]);
    // By a trigger, which a cluster has not; there no process has the right.
    if (!onCluster)
      await expect(owner("UPDATE call SET client_request_id = NULL")).rejects.toThrow(/is refused/);
    await expect(
      world.sql(
        "web",
        scope,
        "SELECT retention_erase($1, $1, $1, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1)",
        [bank.id],
      ),
    ).rejects.toThrow(/denied/);
  });
});

/** The entry of a prune by itself. */
const sayExpired = (at: Date) =>
  withTenantSql(tenantScope(bank.id), async (sql) => {
    await lockRecording(sql, bank.id);
    const policy = await retentionInForce(sql, bank.id);
    if (!policy) throw new Error("No period is in force.");
    const { requestId, since: _, ...people } = policy;
    const [range] = await prunableEpochs(sql, bank.id, expiryOf(6, at) ?? at);
    if (!range) throw new Error("Nothing has expired.");
    const { tenantId: __, root: rootAtTo, ...places } = range;
    const detail = { ...places, rootAtTo, policy: requestId, ...people };
    return appendJobEvent(sql, bank.id, { kind: pruneEvent, subject: "by hand", detail }, at, retentionJob);
  });

describe("a period", () => {
  it("shows beforehand what would go", async () => {
    const preview = await web(() => previewRetention(auditor, { tenant: "bank", preset: "six_months" }));
    expect(preview).toMatchObject({ calls: 303 });
    expect(preview.entries).toBeGreaterThan(303);
    expect(preview.months.length).toBeGreaterThan(1);
    const keep = await web(() => previewRetention(auditor, { tenant: "bank", preset: "keep" }));
    expect(keep).toMatchObject({ before: null, entries: 0 });
  });

  it("deletes nothing before two people chose it, and nothing under a legal hold", async () => {
    expect(await worker(() => pruneExpired(new Date()))).toEqual({ ranges: 0, rows: 0 });
    const { id: hold } = await web(() => placeHold(olga, { tenant: "bank", name: "Case 4711", reason }));
    const { id } = await web(() => requestRetention(olga, { tenant: "bank", preset: "six_months", reason }));
    expect(await worker(() => pruneExpired(new Date()))).toEqual({ ranges: 0, rows: 0 });
    await web(() => approveRequest(otto, decision(id)));
    expect(await worker(() => pruneExpired(new Date()))).toEqual({ ranges: 0, rows: 0 });
    // Past the job's own look: the store refuses as well.
    await expect(
      world.sql(
        "worker",
        { read: [bank.id], write: bank.id },
        "SELECT retention_record_prune($1, $2, 1, 3, 1, 3)",
        [bank.id, id],
      ),
    ).rejects.toThrow(/legal hold/);
    const { id: lift } = await web(() => requestLift(otto, { tenant: "bank", id: hold, reason }));
    await web(() =>
      expect(approveRequest(otto, decision(lift))).rejects.toMatchObject({ code: "forbidden" }),
    );
    expect(await worker(() => pruneExpired(new Date()))).toEqual({ ranges: 0, rows: 0 });
    await web(() => approveRequest(olga, decision(lift)));
    expect((await web(() => getRetention(auditor, "bank"))).onHold).toBe(false);
  });

  it("is refused by the store for what is younger, was never signed, or nobody approved", async () => {
    const scope = { read: [bank.id], write: bank.id };
    const [policy] = await owner<{ id: string }>("SELECT id FROM retention_request WHERE kind = 'policy'");
    const [erasure] = await owner<{ id: string }>(
      "SELECT id FROM retention_request WHERE kind = 'erasure' LIMIT 1",
    );
    const [head] = await owner<{ size: number }>("SELECT max(end_index)::int AS size FROM ledger_batch");
    const prune = (request: string | undefined, to: number | undefined, tenant = bank.id) =>
      world.sql("worker", scope, "SELECT retention_record_prune($1, $2, 1, $3, 1, 3)", [tenant, request, to]);
    await expect(prune(policy?.id, head?.size)).rejects.toThrow(/has not expired/);
    await expect(prune(erasure?.id, 3)).rejects.toThrow(/no two people/);
    await expect(prune(v7(), 3)).rejects.toThrow(/no two people/);
    await expect(prune(policy?.id, 3, v7())).rejects.toThrow(/does not speak for/);
    await expect(world.sql("web", scope, "SELECT retention_prune_step($1, 1, 5)", [bank.id])).rejects.toThrow(
      /denied/,
    );
    for (const table of ["ledger_body", "call", "attempt", "ledger_opening"])
      expect(await owner(`DELETE FROM ${table} RETURNING tenant_id`), table).toEqual([]);
    await expect(world.sql("owner", {}, "SET ROLE domicile_retention")).rejects.toThrow(/denied/);
    // On a cluster rows go in steps and no month is dropped.
    if (onCluster) return;
    const begun = ago(10);
    const early = [
      new Date(Date.UTC(begun.getUTCFullYear(), begun.getUTCMonth(), 1)).toISOString(),
      `{${bank.id}}`,
    ];
    for (const kind of ["call", "ledger"])
      expect(
        await world.sql("worker", {}, "SELECT drop_month($1, $2, $3) AS said", [kind, ...early]),
        kind,
      ).toEqual([{ said: "kept" }]);
  });

  it("deletes nothing while a log is frozen, and goes on once it was sealed", async () => {
    const say = (kind: "frozen" | "log_sealed", detail: object) =>
      world.sql(
        "signer",
        {},
        `INSERT INTO signer_statement (tenant_id, at, id, epoch, kind, at_index, sentence, detail)
         VALUES ($1, now(), $2, 9, $3, NULL, 'For a test.', $4)`,
        [bank.id, v7(), kind, JSON.stringify(detail)],
      );
    await say("frozen", {});
    expect(await worker(() => pruneExpired(new Date()))).toEqual({ ranges: 0, rows: 0 });
    // The next test deletes.
    await say("log_sealed", { size: 0, reason });
  });

  it("deletes whole expired months: rows, bytes and openings below an index; leaf hashes and tiles stay", async () => {
    const entries = await count("ledger_entry");
    const tiles = await count("ledger_tile");
    // As it is on a cluster when the worker ends behind the entry: there is one, and nothing went. It is not said twice.
    await worker(() => sayExpired(new Date()));
    expect(await count("ledger_entry")).toBe(entries + 1);
    const { ranges, rows } = await worker(() => pruneExpired(new Date()));
    expect(ranges).toBe(1);
    expect(rows).toBeGreaterThanOrEqual(0);
    const [prune] = (await web(() => getRetention(auditor, "bank"))).prunes;
    expect(prune).toMatchObject({ from: 0, finished: true });
    const to = prune?.to ?? 0;
    expect(to).toBeGreaterThan(303);
    expect(await count("ledger_body", `index < ${to}`)).toBe(0);
    expect(await count("ledger_opening", `index < ${to}`)).toBe(0);
    expect(await count("call", `ledger_index < ${to}`)).toBe(0);
    expect(await count("call")).toBe(4);
    expect(await count("attempt")).toBe(4);
    expect(await count("ledger_entry")).toBe(entries + 1);
    expect(await count("ledger_tile")).toBe(tiles);
    expect(await count("ledger_body", `index >= ${to}`)).toBe(entries + 1 - to);
    expect(await worker(() => pruneExpired(new Date()))).toEqual({ ranges: 0, rows: 0 });
  });

  it("is an entry with range, root and both approvers", async () => {
    const [event] = await owner<{ detail: Record<string, unknown> }>(
      "SELECT detail FROM audit_event WHERE kind = 'retention.pruned'",
    );
    const { to, rootAtTo } = event?.detail ?? {};
    const [batch] = await owner<{ root: Buffer }>("SELECT root FROM ledger_batch WHERE end_index = $1", [to]);
    expect(rootAtTo).toBe(batch?.root.toString("base64"));
    expect(event?.detail).toMatchObject({
      epoch: 1,
      from: 0,
      preset: "six_months",
      requestedById: olga.personId,
      approvedById: otto.personId,
    });
  });

  it("leaves every earlier proof valid; the proof of an expired entry holds no bytes", async () => {
    for (const [, proof] of proofs) expect(verify(proof)).toBe("PASS");
    await sign();
    expect(await prove(5)).toMatchObject({ state: "expired" });
    const young = await prove(Math.max(...proofs.keys()));
    expect(young.state === "proven" && verify(young.text)).toBe("PASS");
  });

  it("is accepted by both full checks, which still verify every root", async () => {
    await demandWhole();
    const { tree } = await checks();
    expect(
      tree.lines.some((line) =>
        /the bytes have expired and the leaf hashes lead to the same roots/.test(line),
      ),
    ).toBe(true);
  });
});

describe("an erasure whose entry was made and nothing more", () => {
  const cut = "carla.conti@customer.example";

  it("is taken up by that entry: what the log held of the person before it goes, and is not said again", async () => {
    const at = new Date(now + 7_200_000);
    await record(at, [say(at, cut)]);
    const input = {
      tenant: "bank",
      endUser: cut,
      reference: "DSR-2027-01",
      basis: "GDPR Art. 17(1)",
      reason,
    };
    const { id } = await web(() => requestErasure(olga, input));
    await web(() => approveRequest(otto, decision(id)));
    const entry = await worker(() =>
      withTenantSql(tenantScope(bank.id), async (sql) => {
        await lockRecording(sql, bank.id);
        const openings = await openingsOfRequest(sql, bank.id, id);
        const listSha256 = Buffer.from(nodeCrypto.sha256(erasedListBytes(openings))).toString("hex");
        const detail = { request: id, reference: "DSR-2027-01", openings: openings.length, listSha256 };
        return appendJobEvent(
          sql,
          bank.id,
          { kind: erasureEvent, subject: "DSR-2027-01", detail },
          at,
          retentionJob,
        );
      }),
    );
    await record(new Date(now + 7_300_000), [say(ago(1), cut)]);
    const entries = await count("ledger_entry");
    expect(await worker(() => eraseApproved(at))).toBe(2);
    expect(await count("ledger_entry")).toBe(entries);
    expect(
      await owner("SELECT entry_index::int AS index, openings FROM privacy_erasure WHERE request_id = $1", [
        id,
      ]),
    ).toEqual([{ index: entry.index, openings: 2 }]);
    // What came behind the entry is late, and has an entry of its own.
    expect(await worker(() => eraseApproved(at))).toBe(2);
    expect(await count("ledger_entry")).toBe(entries + 1);
    await sign();
    await demandWhole();
  });
});

describe("a request", () => {
  it("is taken back by whoever asked, and refused by somebody else, once", async () => {
    const ask = () => web(() => requestRetention(olga, { tenant: "bank", preset: "one_year", reason }));
    const first = await ask();
    await web(() =>
      expect(withdrawRequest(otto, decision(first.id))).rejects.toMatchObject({ code: "forbidden" }),
    );
    await web(() => withdrawRequest(olga, decision(first.id)));
    const second = await ask();
    await web(() =>
      expect(rejectRequest(olga, decision(second.id))).rejects.toMatchObject({ code: "forbidden" }),
    );
    await web(() => rejectRequest(otto, decision(second.id)));
    await web(() =>
      expect(withdrawRequest(olga, decision(second.id))).rejects.toMatchObject({ code: "conflict" }),
    );
    const states = (await web(() => getRetention(olga, "bank"))).requests.map(({ state }) => state);
    expect(states.slice(0, 2)).toEqual(["rejected", "withdrawn"]);
  });

  it("to erase somebody says no longer who, once it was refused, taken back or left to lapse", async () => {
    const known = () =>
      owner<{ id: string }>("SELECT request_id AS id FROM erasure_subject").then((rows) =>
        rows.map(({ id }) => id),
      );
    const ask = async (days = 0) => {
      const input = {
        tenant: "bank",
        endUser: "dora@customer.example",
        reference: "DSR-9",
        basis: "Art. 17",
      };
      const at = new Date(now - days * 86_400_000);
      return (await web(() => requestErasure(olga, { ...input, reason }, { at }))).id;
    };
    const before = await known();
    const [refused, taken, waits, lapsed] = [await ask(), await ask(), await ask(), await ask(16)];
    await web(() => rejectRequest(otto, decision(refused)));
    await web(() => withdrawRequest(olga, decision(taken)));
    expect((await known()).sort()).toEqual([...before, refused, taken, waits, lapsed].sort());
    expect(await worker(() => eraseApproved(new Date()))).toBe(0);
    expect((await known()).sort()).toEqual([...before, waits].sort());
  });

  it("for the period in force is none", async () => {
    await web(() =>
      expect(requestRetention(olga, { tenant: "bank", preset: "six_months", reason })).rejects.toMatchObject({
        code: "invalid_input",
      }),
    );
  });
});

// Whoever could do this on one PostgreSQL is its owner, past the triggers. On a cluster it is a superuser on a node.
describe.skipIf(onCluster)("what is missing without a statement", () => {
  it("is found: an opening said to have been erased, by an erasure that no entry of the log tells of", async () => {
    await owner("ALTER TABLE ledger_opening DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY");
    const taken = await owner<{ index: number }>(
      `WITH gone AS (DELETE FROM ledger_opening WHERE field = 'client_request_id' RETURNING tenant_id, epoch, index, field)
       INSERT INTO erased_opening SELECT *, $1::uuid FROM gone RETURNING index::int AS index`,
      [v7()],
    );
    await owner("ALTER TABLE ledger_opening ENABLE ALWAYS TRIGGER keep_row, FORCE ROW LEVEL SECURITY");
    expect(taken.length).toBeGreaterThan(0);
    const { rows } = await checks();
    for (const { index } of taken)
      expect(rows.lines.join("\n")).toContain(
        `The opening of client_request_id in entry ${index} is missing: it was deleted`,
      );
  });

  it("is found: bytes above the expired part, an opening that was not erased, a row that claims more", async () => {
    const [prune] = (await web(() => getRetention(auditor, "bank"))).prunes;
    const to = prune?.to ?? 0;
    await owner("ALTER TABLE ledger_opening DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY");
    await owner("DELETE FROM ledger_opening WHERE field = 'actor_name' AND index >= $1", [to]);
    await owner("ALTER TABLE ledger_opening ENABLE ALWAYS TRIGGER keep_row");
    const { rows } = await checks();
    expect(rows.lines.join("\n")).toMatch(
      /The opening of actor_name in entry \d+ is missing: it was deleted/,
    );
    await owner("ALTER TABLE ledger_prune DISABLE TRIGGER USER");
    const [head] = await owner<{ size: number }>("SELECT max(end_index)::int AS size FROM ledger_batch");
    await owner(
      `INSERT INTO ledger_prune SELECT tenant_id, epoch, $1, from_index, request_id, before, root, entry_epoch, entry_index, at FROM ledger_prune`,
      [head?.size],
    );
    const { tree } = await checks();
    expect(tree.ok).toBe(false);
    expect(tree.lines.join("\n")).toMatch(
      /does not say so: the statement was inserted, or its entry was changed/,
    );
  });
});

describe("the identifier of an erased person", () => {
  it("is in no table of the database but sealed, where the person came back", async () => {
    const tables = await dumpTables(world.database.ownerUrl);
    for (const [name, rows] of tables) expect(rows.includes(person), name).toBe(false);
  });
});

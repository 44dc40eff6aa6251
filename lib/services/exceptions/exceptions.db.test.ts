import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../../scripts/database/client.ts";
import { callExportSearch } from "../../contracts/exports.ts";
import type { ExceptionInput } from "../../contracts/findings.ts";
import { findingSearch } from "../../contracts/findings.ts";
import { itOnOneServer } from "../../testing/cluster.ts";
import { sampleAnalysis } from "../../testing/sample-analysis.ts";
import {
  callAt,
  createStoreWorld,
  job,
  type StoreTenant,
  type StoreWorld,
} from "../../testing/store-world.ts";
import { getCall } from "../calls/get-call.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { exportCalls } from "../exports/export-calls.ts";
import { assignFinding } from "../findings/assign-finding.ts";
import { commentOnFinding } from "../findings/comment-on-finding.ts";
import { getFinding } from "../findings/get-finding.ts";
import { investigateFinding } from "../findings/investigate-finding.ts";
import { listFindings } from "../findings/list-findings.ts";
import { resolveFinding } from "../findings/resolve-finding.ts";
import { disablePerson } from "../people/disable-person.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { approveException, rejectException, withdrawException } from "./decide-exception.ts";
import { endException, endExpired } from "./end-exception.ts";
import { requestException } from "./request-exception.ts";

let world: StoreWorld;
let bank: StoreTenant;
let officer: PersonActor;
let admin: PersonActor;
let auditor: PersonActor;
beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  await world.addTenant("other");
  officer = await world.addPerson("otto", { bank: "officer" });
  admin = await world.addPerson("ada", { bank: "admin" });
  auditor = await world.addPerson("aud", { bank: "auditor" });
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs);

let hosts = 0;
/** A case of its own. */
async function newCase(): Promise<string> {
  hosts += 1;
  const host = `api${hosts}.example.com`;
  await leak(host);
  const { items } = await web(() =>
    listFindings(officer, findingSearch.parse({ tenant: "bank", limit: 200 })),
  );
  const found = items.find((item) => item.host === host);
  if (!found) throw new Error("The finding is not there.");
  return found.id;
}
const leak = (host: string, at = new Date(Date.now() - 3_600_000).toISOString()) =>
  world.as("gateway", () => recordCalls(bank.id, [callAt(bank, at, { host })]));

const wish = (change: Partial<ExceptionInput> = {}): ExceptionInput => ({
  kind: "mitigated",
  reason: "The outage plan allows it until the host is back.",
  expiresAt: inDays(20).toISOString(),
  transferMechanism: "Standard contractual clauses",
  ticket: null,
  ...change,
});
const request = (findingId: string, change: Partial<ExceptionInput> = {}) =>
  web(() => requestException(officer, { findingId, ...wish(change) }));
const read = (id: string, at?: Date) => web(() => getFinding(officer, id, at));

describe("an exception", () => {
  it("accepts a case until its day, once a second person has approved; calls keep their verdicts", async () => {
    const findingId = await newCase();
    const { id: exceptionId, name } = await request(findingId);
    expect(name).toMatch(/^EX-\d+$/);
    expect(await read(findingId)).toMatchObject({
      state: "open",
      exceptions: [{ name, state: "waiting", isMine: true, author: "otto", policyVersion: 1, stale: false }],
    });

    const decision = { findingId, exceptionId, note: "Agreed in the risk board." };
    await web(() => expect(approveException(officer, decision)).rejects.toMatchObject({ code: "forbidden" }));
    await web(() => expect(approveException(auditor, decision)).rejects.toMatchObject({ code: "forbidden" }));
    await web(() => approveException(admin, decision));
    const accepted = await read(findingId);
    expect(accepted).toMatchObject({
      state: "accepted",
      exception: { name, stale: false },
      exceptions: [{ state: "in_force", decision: { by: "ada", note: "Agreed in the risk board." } }],
    });
    expect(accepted.history.map(({ kind }) => kind)).toEqual([
      "opened",
      "exception_requested",
      "exception_approved",
    ]);

    const { host } = accepted;
    await leak(host ?? "");
    expect(await read(findingId)).toMatchObject({ state: "accepted", calls: 2 });
    const listed = await web(() =>
      listFindings(officer, findingSearch.parse({ tenant: "bank", state: ["accepted"], only: "soon" })),
    );
    expect(listed.items.map(({ id }) => id)).toContain(findingId);
    await web(() => expect(approveException(admin, decision)).rejects.toMatchObject({ code: "conflict" }));
  });

  it("is shown with the call that it is about, beside a verdict that stays", async () => {
    hosts += 1;
    const host = `api${hosts}.example.com`;
    const record = callAt(bank, new Date(Date.now() - 60_000).toISOString(), { host });
    await world.as("gateway", () => recordCalls(bank.id, [record]));
    const before = await web(() => getCall(officer, record.id));
    const findingId = before.findings[0]?.id ?? "";
    const { id: exceptionId, name } = await request(findingId);
    await web(() => approveException(admin, { findingId, exceptionId, note: "" }));
    const after = await web(() => getCall(officer, record.id));
    expect(after.verdict).toBe("violation");
    expect(after.verdict).toBe(before.verdict);
    expect(after.findings).toContainEqual(expect.objectContaining({ id: findingId, exception: name }));
  });

  it("stands in a file of the calls, with the cases of each", async () => {
    const findingId = await newCase();
    const { id: exceptionId, name } = await request(findingId);
    const fileOf = () =>
      web(async () => {
        const search = callExportSearch.parse({ range: "24h", tenant: "bank" });
        let text = "";
        for await (const part of (await exportCalls(auditor, search)).lines) text += part;
        const calls: Record<string, string>[] = parse(text, { columns: true });
        return calls.find(({ findings }) => findings?.split(" ").includes(findingId));
      });
    expect(await fileOf()).toMatchObject({ verdict: "violation", exceptions: "" });
    await web(() => approveException(admin, { findingId, exceptionId, note: "" }));
    expect(await fileOf()).toMatchObject({ verdict: "violation", exceptions: name });
  });

  it("ends by itself on its day, and its case is open again", async () => {
    const findingId = await newCase();
    const { id: exceptionId } = await request(findingId);
    await web(() => approveException(admin, { findingId, exceptionId, note: "" }));
    const early = await world.as("worker", () => endExpired(inDays(19)));
    expect(early).toBe(0);
    // The day has come and no job has run: it holds no longer.
    expect((await read(findingId, inDays(21))).exceptions[0]).toMatchObject({ state: "expired" });
    expect(await world.as("worker", () => endExpired(inDays(21)))).toBeGreaterThan(0);
    expect(await world.as("worker", () => endExpired(inDays(21)))).toBe(0);
    expect(await read(findingId)).toMatchObject({
      state: "open",
      exception: null,
      exceptions: [{ state: "expired", end: { by: "Domicile" } }],
    });
  });

  itOnOneServer("ends the others where it cannot end one, and that one later", async () => {
    const accept = async () => {
      const findingId = await newCase();
      const { id: exceptionId } = await request(findingId);
      await web(() => approveException(admin, { findingId, exceptionId, note: "" }));
      return { findingId, exceptionId };
    };
    const [stuck, free] = [await accept(), await accept()];
    const owner = (text: string) => withClient(world.database.ownerUrl, (client) => client.query(text));
    await owner(`CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.exception_id = '${stuck.exceptionId}' THEN RAISE 'held'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse_one BEFORE INSERT ON finding_exception_end FOR EACH ROW EXECUTE FUNCTION refuse_one()`);
    const run = () => world.as("worker", () => endExpired(inDays(21)));
    await expect(run()).rejects.toThrow(`It failed for ${stuck.exceptionId};`);
    expect((await read(free.findingId)).state).toBe("open");
    await owner("DROP TRIGGER refuse_one ON finding_exception_end; DROP FUNCTION refuse_one()");
    expect(await run()).toBe(1);
    expect((await read(stuck.findingId)).state).toBe("open");
  });

  it("is ended before its day by somebody who says why", async () => {
    const findingId = await newCase();
    const { id: exceptionId } = await request(findingId);
    const note = "The host is back.";
    await web(() =>
      expect(endException(officer, { findingId, exceptionId, note })).rejects.toMatchObject({
        code: "conflict",
      }),
    );
    await web(() => approveException(admin, { findingId, exceptionId, note: "" }));
    await web(() => endException(officer, { findingId, exceptionId, note }));
    expect(await read(findingId)).toMatchObject({
      state: "open",
      exceptions: [{ state: "ended", end: { by: "otto", note } }],
    });
    await web(() =>
      expect(endException(officer, { findingId, exceptionId, note })).rejects.toMatchObject({
        code: "conflict",
      }),
    );
  });

  it("is rejected by a second person, or taken back by whoever asked; then another may be asked for", async () => {
    const findingId = await newCase();
    const first = await request(findingId);
    await web(() =>
      expect(requestException(admin, { findingId, ...wish() })).rejects.toMatchObject({
        code: "conflict",
        message: `${first.name} waits for a decision already.`,
      }),
    );
    const of = ({ id }: { id: string }) => ({ findingId, exceptionId: id, note: "" });
    await web(() => expect(withdrawException(admin, of(first))).rejects.toMatchObject({ code: "forbidden" }));
    await web(() => rejectException(admin, of(first)));
    const second = await request(findingId);
    await web(() => withdrawException(officer, of(second)));
    expect(await read(findingId)).toMatchObject({
      state: "open",
      exceptions: [{ state: "withdrawn" }, { state: "rejected" }],
    });
  });

  it("is refused without a reason, a day within a year, or a case that can be accepted", async () => {
    const findingId = await newCase();
    for (const expiresAt of [inDays(-1), inDays(400)])
      await expect(request(findingId, { expiresAt: expiresAt.toISOString() })).rejects.toMatchObject({
        code: "invalid_input",
        fields: [{ field: "expiresAt" }],
      });
    await web(() =>
      resolveFinding(officer, {
        id: findingId,
        resolution: "traffic_fix",
        note: "The base URL was set.",
        analysis: sampleAnalysis(),
      }),
    );
    await expect(request(findingId)).rejects.toMatchObject({ code: "conflict" });
    await web(() =>
      expect(requestException(auditor, { findingId, ...wish() })).rejects.toMatchObject({
        code: "forbidden",
      }),
    );
  });

  it("that nobody decided in time lapses", async () => {
    const findingId = await newCase();
    const { id: exceptionId } = await request(findingId, { expiresAt: inDays(90).toISOString() });
    await web(() =>
      expect(
        approveException(admin, { findingId, exceptionId, note: "" }, { at: inDays(31) }),
      ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("lapsed") }),
    );
    expect((await read(findingId, inDays(31))).exceptions[0]).toMatchObject({ state: "lapsed" });
  });

  it("is held by the store to a second person, to one decision, and to an end of what was approved", async () => {
    const findingId = await newCase();
    const { id: exceptionId } = await request(findingId);
    const insert = (columns: string, values: string) =>
      world.sql("web", { read: [bank.id], write: bank.id }, `INSERT INTO ${columns} VALUES (${values})`, [
        bank.id,
        exceptionId,
        officer.personId,
      ]);
    const decision =
      "finding_exception_decision (tenant_id, exception_id, author_id, outcome, decided_by, decided_by_id, decided_at)";
    await expect(insert(decision, "$1, $2, $3, 'approved', 'otto', $3, now()")).rejects.toThrow(/four_eyes/);
    const end = "finding_exception_end (tenant_id, exception_id, why, ended_by, ended_at)";
    await expect(insert(end, "$1, $2, 'ended', $3::text, now()")).rejects.toThrow(/foreign key/);
  });

  it("two people who approve at once: one does", async () => {
    const findingId = await newCase();
    const { id: exceptionId } = await request(findingId);
    const second = await world.addPerson("bea", { bank: "admin" });
    const tries = await web(() =>
      Promise.allSettled(
        [admin, second].map((actor) => approveException(actor, { findingId, exceptionId, note: "" })),
      ),
    );
    expect(tries.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("work on a finding", () => {
  it("is taken up, given to somebody until a day, and talked about, all in the history", async () => {
    const id = await newCase();
    const dueAt = inDays(-1).toISOString();
    await web(() => investigateFinding(officer, { id }));
    await web(() => assignFinding(officer, { id, assigneeId: admin.personId, dueAt }));
    await web(() => commentOnFinding(admin, { id, note: "The team was asked." }));
    const finding = await read(id);
    expect(finding).toMatchObject({
      state: "investigating",
      assignee: "ada",
      assigneeId: admin.personId,
      dueAt,
    });
    expect(finding.workers.map(({ name }) => name)).toEqual(expect.arrayContaining(["otto", "ada"]));
    expect(finding.workers.map(({ name }) => name)).not.toContain("aud");
    expect(finding.history.map(({ kind, actor, note }) => [kind, actor, note])).toEqual([
      ["opened", "Domicile", null],
      ["investigating", "otto", null],
      ["assigned", "otto", `To ada, until ${dueAt.slice(0, 10)}.`],
      ["commented", "ada", "The team was asked."],
    ]);
    const late = await web(() =>
      listFindings(officer, findingSearch.parse({ tenant: "bank", only: "soon", limit: 200 })),
    );
    expect(late.items.map((item) => item.id)).toContain(id);
  });

  it("is given to nobody who may not work on findings, or may not sign in", async () => {
    const id = await newCase();
    const gone = await world.addPerson("gone", { bank: "officer" });
    await web(() => disablePerson(job, { id: gone.personId }));
    expect((await read(id)).workers.map(({ name }) => name)).not.toContain("gone");
    await expect(
      web(() => assignFinding(officer, { id, assigneeId: gone.personId, dueAt: null })),
    ).rejects.toMatchObject({ fields: [{ field: "assigneeId" }] });
    await web(() =>
      expect(assignFinding(officer, { id, assigneeId: auditor.personId, dueAt: null })).rejects.toMatchObject(
        {
          code: "invalid_input",
          fields: [{ field: "assigneeId" }],
        },
      ),
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resourceSearch } from "../../contracts/resources.ts";
import type { CallRecord } from "../../core/calls/call-record.ts";
import type { NamedObject, ObjectRef, ObjectState } from "../../core/calls/provider-object.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { registerBoot } from "../boots/register-boot.ts";
import { getCall } from "../calls/get-call.ts";
import { recordCalls } from "../calls/record-calls.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { askForRefresh } from "./ask-for-refresh.ts";
import { getResource } from "./get-resource.ts";
import { listResources } from "./list-resources.ts";

let world: StoreWorld;
let bank: StoreTenant;
let other: StoreTenant;
let officer: PersonActor;
beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  other = await world.addTenant("other");
  officer = await world.addPerson("otto", { bank: "officer" });
});
afterAll(() => world.drop());

type Told = {
  readonly host?: string;
  readonly operation: string;
  readonly endpoint: string;
  readonly used?: readonly ObjectRef[];
  readonly named?: readonly Partial<NamedObject>[];
  readonly states?: readonly ObjectState[];
  readonly source?: "upkeep";
};

function call(
  at: string,
  { host = "eu.api.openai.com", operation, endpoint, used = [], named = [], states = [], source }: Told,
): CallRecord {
  const record = callAt(bank, at, { host });
  return {
    ...record,
    ...(source ? { source } : {}),
    objectStates: states,
    facts: {
      ...record.facts,
      operation,
      endpoint,
      path: endpoint,
      storedStateRefs: used.length > 0 ? ["file_id"] : [],
      objectsUsed: used.map((object) => ({ ...object, birth: null })),
    },
    objectsNamed: named.map((object) => ({
      kind: "file",
      id: "file-none",
      bytes: null,
      expiresAt: null,
      madeBy: null,
      ...object,
    })),
  };
}

const upload = (at: string, id: string, host?: string) =>
  call(at, {
    operation: "files.create",
    endpoint: "/v1/files",
    named: [{ id, bytes: 1200 }],
    ...(host === undefined ? {} : { host }),
  });
const answerFrom = (at: string, file: string) =>
  call(at, { operation: "responses.create", endpoint: "/v1/responses", used: [{ kind: "file", id: file }] });
const record = (...records: CallRecord[]) => world.as("gateway", () => recordCalls(bank.id, records));
const list = async (search: object = {}) =>
  (await world.as("web", () => listResources(officer, resourceSearch.parse({ state: "all", ...search }))))
    .items;
const reasonsOf = async ({ id }: CallRecord) => (await world.as("web", () => getCall(officer, id))).reasons;

describe("stored objects", () => {
  it("are born where the call that made them went, and keep that birth", async () => {
    const first = upload("2026-11-02T08:00:00.000Z", "file-eu");
    await record(first);
    await record(upload("2026-11-02T09:00:00.000Z", "file-eu", "api.openai.com"));
    const [file] = await list({ kind: ["file"] });
    expect(file).toMatchObject({
      tenant: "bank",
      id: "file-eu",
      bytes: 1200,
      deletedAt: null,
      simulated: true,
      birth: { region: "eu", host: "eu.api.openai.com", grade: "C", callId: first.id },
      retention: { days: null },
    });
  });

  it("are born, too, in a call whose end came after it had been closed without one", async () => {
    const { bootId } = await world.as("gateway", () => registerBoot({ relayCountry: null }));
    const real = { ...upload("2026-11-02T10:00:00.000Z", "file-late"), intent: { bootId, n: 1 } };
    const attempts = real.attempts.map((dial) => ({ ...dial, status: null, peer: null }));
    await record({ ...real, attempts, end: "unknown", endedAt: null, objectsNamed: [] });
    expect((await list({ kind: ["file"] })).map(({ id }) => id)).not.toContain("file-late");
    await record(real);
    const file = (await list({ kind: ["file"] })).find(({ id }) => id === "file-late");
    expect(file?.birth).toMatchObject({ region: "eu", host: "eu.api.openai.com", callId: real.id });
  });

  it("that were born elsewhere flag the call that uses them, also when both are recorded in one batch", async () => {
    const global = upload("2026-11-03T08:00:00.000Z", "file-global", "api.openai.com");
    const together = answerFrom("2026-11-03T08:00:01.000Z", "file-global");
    await record(global, together);
    const later = answerFrom("2026-11-03T09:00:00.000Z", "file-global");
    await record(later);
    expect(await reasonsOf(together)).toContain("resource_born_elsewhere");
    expect(await reasonsOf(later)).toContain("resource_born_elsewhere");
    const fine = answerFrom("2026-11-03T10:00:00.000Z", "file-eu");
    await record(fine);
    expect(await reasonsOf(fine)).not.toContain("resource_born_elsewhere");
    expect(await reasonsOf(fine)).not.toContain("resource_birth_unknown");
  });

  it("of which no birth was recorded clear nothing, and are listed so", async () => {
    const use = answerFrom("2026-11-04T08:00:00.000Z", "file-stranger");
    await record(use);
    expect(await reasonsOf(use)).toContain("resource_birth_unknown");
    const [stranger] = await list({ born: ["unknown"] });
    expect(stranger).toMatchObject({ id: "file-stranger", birth: null, uses: 1 });
  });

  it("are born where their maker was: the output of a batch, whoever tells of it", async () => {
    const batch = call("2026-11-05T08:00:00.000Z", {
      operation: "batches.create",
      endpoint: "/v1/batches",
      named: [{ kind: "batch", id: "batch_1" }],
    });
    const polled = call("2026-11-05T09:00:00.000Z", {
      host: "api.openai.com",
      operation: "batches.retrieve",
      endpoint: "/v1/batches",
      used: [{ kind: "batch", id: "batch_1" }],
      named: [{ id: "file-out", madeBy: { kind: "batch", id: "batch_1" } }],
    });
    await record(batch);
    await record(polled);
    const output = (await list({ kind: ["file"] })).find(({ id }) => id === "file-out");
    expect(output).toMatchObject({ madeBy: "batch_1", birth: { region: "eu", host: "eu.api.openai.com" } });
  });

  it("count their uses once, also when a record comes twice, and end with their deletion", async () => {
    const use = answerFrom("2026-11-06T08:00:00.000Z", "file-out");
    await record(use, use);
    await record(use);
    const gone = call("2026-11-06T09:00:00.000Z", {
      operation: "files.delete",
      endpoint: "/v1/files",
      used: [{ kind: "file", id: "file-out" }],
    });
    await record(gone);
    const [file] = await list({ state: "deleted" });
    expect(file).toMatchObject({ id: "file-out", uses: 1, deletedAt: "2026-11-06T09:00:00.000Z" });
    expect((await list({ state: "kept" })).map(({ id }) => id)).not.toContain("file-out");
  });

  it("have a lineage: what they were made from, what made them, and what came of them", async () => {
    const file = { kind: "file", id: "file-in" } as const;
    const batch = { kind: "batch", id: "batch_2" } as const;
    await record(
      upload("2026-11-07T08:00:00.000Z", file.id),
      call("2026-11-07T08:01:00.000Z", {
        operation: "batches.create",
        endpoint: "/v1/batches",
        used: [file],
        named: [batch],
        states: [{ ...batch, status: "validating" }],
      }),
      call("2026-11-07T09:00:00.000Z", {
        operation: "batches.retrieve",
        endpoint: "/v1/batches",
        used: [batch],
        named: [batch, { id: "file-out2", madeBy: batch }, { id: "file-errors", madeBy: batch }],
        states: [{ ...batch, status: "completed" }],
        source: "upkeep",
      }),
    );
    const lineageOf = async (kind: string, id: string, actor = officer) => {
      const { lineage } = await world.as("web", () => getResource(actor, { tenant: "bank", kind, id }));
      const name = (no: number) => lineage.nodes[no]?.id;
      return lineage.steps.map(({ from, to }) => `${name(from)} > ${name(to)}`).sort();
    };
    const all = ["batch_2 > file-errors", "batch_2 > file-out2", "file-in > batch_2"];
    expect(await lineageOf("batch", "batch_2")).toEqual(all);
    expect(await lineageOf("file", "file-in")).toEqual(all);
    expect(await lineageOf("file", "file-out2")).toEqual(["batch_2 > file-out2", "file-in > batch_2"]);
    await expect(lineageOf("file", "file-nobody")).rejects.toMatchObject({ code: "not_found" });
    const stranger = await world.addPerson("ida", { other: "officer" });
    await expect(lineageOf("batch", "batch_2", stranger)).rejects.toMatchObject({ code: "not_found" });
  });

  it("have the lineage of a tuned model: the file, the job, and the model that came of it", async () => {
    const file = { kind: "file", id: "file-tune" } as const;
    const jobRef = { kind: "fine_tuning_job", id: "ftjob-1" } as const;
    await record(
      upload("2026-11-07T10:00:00.000Z", file.id),
      call("2026-11-07T10:01:00.000Z", {
        operation: "fine_tuning.jobs.create",
        endpoint: "/v1/fine_tuning/jobs",
        used: [file],
        named: [jobRef],
      }),
      call("2026-11-07T11:00:00.000Z", {
        operation: "fine_tuning.jobs.retrieve",
        endpoint: "/v1/fine_tuning/jobs",
        used: [jobRef],
        named: [jobRef, { kind: "model", id: "ft:gpt-4o:bank::x", madeBy: jobRef }],
        states: [{ ...jobRef, status: "succeeded" }],
      }),
    );
    const { lineage } = await world.as("web", () =>
      getResource(officer, { tenant: "bank", kind: "model", id: "ft:gpt-4o:bank::x" }),
    );
    const name = (no: number) => lineage.nodes[no]?.id;
    expect(lineage.steps.map(({ from, to }) => `${name(from)} > ${name(to)}`).sort()).toEqual([
      "file-tune > ftjob-1",
      "ftjob-1 > ft:gpt-4o:bank::x",
    ]);
  });

  it("are not used by Domicile's own look at them, and keep the state that it brings", async () => {
    const [batch] = (await list({ kind: ["batch"] })).filter(({ id }) => id === "batch_2");
    expect(batch).toMatchObject({ uses: 0, lastUsedAt: null, status: "completed", isUnsettled: false });
  });

  it("say what lies outside the policy in force, whose they are, and which still move", async () => {
    await record(upload("2026-11-08T08:00:00.000Z", "file-abroad", "api.openai.com"));
    const ids = async (search: object) =>
      (await list({ ...search, state: "kept" })).map(({ id }) => id).sort();
    expect(await ids({ elsewhere: "only" })).toEqual(["file-abroad", "file-global"]);
    expect(await ids({ application: ["nobody"] })).toEqual([]);
    expect(await ids({ application: ["loan-desk"] })).toContain("file-abroad");
    expect((await list({ state: "unsettled" })).map(({ id }) => id)).toEqual(["batch_1"]);
    const page = await world.as("web", () => listResources(officer, resourceSearch.parse({})));
    expect(page).toMatchObject({ elsewhere: 2, past: 0, applications: ["loan-desk"] });
    const [stranger] = await list({ born: ["unknown"] });
    expect(stranger).toMatchObject({ isElsewhere: null, canAsk: false, application: null });
  });

  it("are asked about when a person who may wants it, once, and his wish is in the record of changes", async () => {
    const wish = { tenant: "bank", kind: "batch", id: "batch_2" };
    const ask = (actor: PersonActor, over: object = {}) =>
      world.as("web", () => askForRefresh(actor, { ...wish, ...over }));
    const auditor = await world.addPerson("aude", { bank: "auditor" });
    await expect(ask(auditor)).rejects.toMatchObject({ code: "forbidden" });
    await ask(officer);
    await expect(ask(officer)).rejects.toMatchObject({ code: "conflict" });
    expect((await list({ kind: ["batch"] })).find(({ id }) => id === "batch_2")).toMatchObject({
      isWanted: true,
    });
    await expect(ask(officer, { kind: "response" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(ask(officer, { id: "batch_none" })).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(officer, { kind: "file", id: "file-stranger" })).rejects.toMatchObject({
      code: "conflict",
    });
    const events = await world.sql(
      "owner",
      { read: [bank.id] },
      "SELECT subject, actor_name FROM audit_event WHERE kind = 'resource.refresh_wanted'",
    );
    expect(events).toEqual([{ subject: "batch_2", actor_name: "otto" }]);
  });

  it("are listed page by page, each once, and to nobody else", async () => {
    const page = (cursor?: string) =>
      world.as("web", () => listResources(officer, resourceSearch.parse({ state: "all", limit: 2, cursor })));
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await page(cursor);
      ids.push(...items.map(({ kind, id }) => `${kind}/${id}`));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe((await list()).length);
    const stranger = await world.addPerson("eve", { other: "officer" });
    const theirs = await world.as("web", () => listResources(stranger, resourceSearch.parse({})));
    expect(theirs).toMatchObject({ items: [], counts: [] });
    expect(other.slug).toBe("other");
    await expect(page("no cursor")).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("that are past their day are counted apart: by the provider's word, else by its documents, never one that was deleted", async () => {
    const page = () => world.as("web", () => listResources(officer, resourceSearch.parse({})));
    const before = await page();
    const all = (await list({ state: "kept" })).length;
    const set = (id: string, change: string) =>
      world.sql(
        "owner",
        { read: [bank.id], write: bank.id },
        `UPDATE resource SET ${change} WHERE object_id = $1`,
        [id],
      );
    await set("file-abroad", "expires_at = now() - interval '1 day'");
    const after = await page();
    expect(after.past).toBe(before.past + 1);
    expect(after.counts).toEqual(before.counts);
    await set("file-abroad", "expires_at = now() + interval '1 day'");
    expect((await page()).past).toBe(before.past);
    expect((await list({ state: "kept" })).length).toBe(all);
  });
});

import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { withClient } from "../../scripts/database/client.ts";
import type { ReportFacet, ReportInput } from "../contracts/reports.ts";
import { isCovered } from "../core/reports/computed-report.ts";
import { type Report, readReport } from "../core/reports/report.ts";
import { buildPack } from "../reports/build-pack.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { cancelReport } from "../services/reports/cancel-report.ts";
import { linkReport } from "../services/reports/link-report.ts";
import { listReports } from "../services/reports/list-reports.ts";
import { previewReport } from "../services/reports/preview-report.ts";
import { requestReport } from "../services/reports/request-report.ts";
import { runSchedules } from "../services/reports/run-schedules.ts";
import { endSchedule, scheduleReport } from "../services/reports/schedule-report.ts";
import { takeReport } from "../services/reports/take-report.ts";
import { approveRequest } from "../services/retention/decide-request.ts";
import { placeHold, requestLift } from "../services/retention/request-retention.ts";
import type { PersonActor } from "../services/sessions/find-session.ts";
import { createReportWorld, fileIn, type ReportWorld } from "../testing/report-world.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";

let world: StoreWorld;
let reports: ReportWorld;
let bank: StoreTenant;
let officer: PersonActor;
let second: PersonActor;
let auditor: PersonActor;
let stranger: PersonActor;

/** Calls that a log told of: they have no intent at a gateway. */
const source = "intake";
const day = { from: "2026-11-21T00:00:00.000Z", to: "2026-11-22T00:00:00.000Z" };
const all: Pick<ReportInput, ReportFacet> = {
  application: [],
  region: [],
  verdict: [],
  model: [],
  source: [],
};

beforeAll(async () => {
  world = await createStoreWorld();
  reports = createReportWorld(world);
  bank = await world.addTenant("bank");
  await world.addTenant("other");
  officer = await world.addPerson("officer", { bank: "officer" });
  second = await world.addPerson("second", { bank: "officer" });
  auditor = await world.addPerson("auditor", { bank: "auditor" });
  stranger = await world.addPerson("stranger", { other: "officer" });
  await world.as("gateway", () =>
    recordCalls(bank.id, [
      callAt(bank, "2026-11-20T23:59:59.900Z", { source }),
      callAt(bank, "2026-11-21T00:00:00.000Z", { source }),
      callAt(bank, "2026-11-21T12:00:00.000Z", { source, target: "=cmd|calc", host: "api.openai.com" }),
      callAt(bank, "2026-11-21T23:59:59.999Z", { source: "litellm" }),
      callAt(bank, "2026-11-22T00:00:00.000Z", { source }),
    ]),
  );
  await reports.signers.pass(reports.signer);
});
afterAll(async () => {
  reports.drop();
  await world.drop();
});
beforeEach(() => {
  reports.nextLead();
});

const buildNow: ReportWorld["buildNow"] = (over) => reports.buildNow(over);
const ask = (over: Partial<typeof all> = {}) =>
  world.as("web", () => requestReport(officer, { tenant: "bank", ...day, ...all, ...over }));
const list = () => world.as("web", () => listReports(officer, {}));
const itemOf = async (id: string) => {
  const found = (await list()).items.find((item) => item.id === id);
  if (!found) throw new Error("The report is not listed.");
  return found;
};
const take = (id: string, part?: Parameters<ReportWorld["take"]>[2]) => reports.take(officer, id, part);
const verify = (zip: Buffer) => reports.verify(zip);

describe("a pack", () => {
  it("is what the screen said, is verified by the trust root, and is the same bytes when it is built again", async () => {
    const preview = await world.as("web", () => previewReport(officer, { tenant: "bank", ...day, ...all }));
    expect(preview).toMatchObject({ words: "Every call.", calls: 3, final: true, otherEpochs: [] });
    const { id } = await ask();
    expect(await itemOf(id)).toMatchObject({ state: "queued", counted: 3, requestedBy: "officer" });
    const outcome = await buildNow();
    const said = await world.sql(
      "owner",
      { read: [bank.id] },
      "SELECT detail FROM audit_event WHERE kind = 'report.failed'",
    );
    expect([outcome, said]).toEqual(["ready", []]);
    const item = await itemOf(id);
    expect(item.pack).toMatchObject({ calls: 3, first: 0, end: preview.range?.end, final: true });
    const pack = await take(id);
    expect(createHash("sha256").update(pack.bytes).digest("hex")).toBe(item.pack?.sha256);
    const found = await verify(pack.bytes);
    expect(found.checks.filter(({ result }) => result !== "PASS")).toEqual([]);
    expect(found.verdict).toBe("PASS");
    const report: Report = readReport(fileIn(pack.bytes, "report.json"));
    expect(report.computed.population.calls).toMatchObject({ selected: 3, earlier: 1, later: 1 });
    const hand = report.stated.appendices.by_hand;
    if (!isCovered(hand)) throw new Error(hand.not_covered);
    const line = fileIn(pack.bytes, hand.file).split("\n")[hand.line - 1];
    expect(line).toContain(`"index":${hand.index},`);
    expect(createHash("sha256").update(`\0${line}`).digest("hex")).toBe(hand.leaf_sha256);
    expect(fileIn(pack.bytes, "VERIFY.md")).toContain("node domicile-verify.mjs");

    const again = await ask();
    expect(await buildNow()).toBe("ready");
    expect((await take(again.id)).bytes.equals(pack.bytes)).toBe(true);
    expect((await itemOf(again.id)).supersedes).toBeNull();
  });

  it("with a byte changed is refused, wherever it is changed", async () => {
    const [item] = (await list()).items;
    const { bytes } = await take(item?.id ?? "");
    for (const share of [0.05, 0.3, 0.6, 0.9]) {
      const changed = Buffer.from(bytes);
      const at = Math.floor(bytes.length * share);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect((await verify(changed)).verdict, `byte ${at}`).not.toBe("PASS");
    }
  });

  it("chooses by its filter, also in its tables, and no cell of them begins like a formula", async () => {
    const { id } = await ask({ verdict: ["violation"] });
    expect(await buildNow()).toBe("ready");
    const item = await itemOf(id);
    expect(item).toMatchObject({ counted: 1, filterWords: 'Calls judged "Outside policy".' });
    expect(item.pack?.calls).toBe(1);
    const { bytes, name } = await take(id, "population");
    expect(name).toMatch(/^domicile-bank-2026-11-21-2026-11-22-[0-9a-f]{12}-population\.csv$/);
    const lines = bytes.toString("utf8").trimEnd().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("api.openai.com");
    const records = (await take(id, "records")).bytes.toString("utf8").trimEnd().split("\n");
    expect(records).toHaveLength(item.pack?.end ?? 0);
  });

  it("that nothing was signed for in the period holds an empty range, and says so", async () => {
    const later = { from: "2026-11-23T00:00:00.000Z", to: "2026-11-24T00:00:00.000Z" };
    const { id } = await world.as("web", () => requestReport(officer, { tenant: "bank", ...later, ...all }));
    expect(await buildNow()).toBe("ready");
    const { pack } = await itemOf(id);
    expect(pack).toMatchObject({ calls: 0, final: false });
    expect(pack?.first).toBe(pack?.end);
    const { verdict, checks } = await verify((await take(id)).bytes);
    expect(checks.filter(({ result }) => result === "FAIL")).toEqual([]);
    expect(verdict).toBe("PASS");
  });
});

describe("a link", () => {
  it("is used once, by whom and where it was made for, within its minute; each use is an entry", async () => {
    const [item] = (await list()).items;
    const id = item?.id ?? "";
    const link = (actor: PersonActor, at?: Date) =>
      world.as("web", () => linkReport(actor, { id, part: "pack" }, at));
    const use = (actor: PersonActor, href: string) =>
      world.as("web", () => takeReport(actor, href.split("/").at(-1) ?? ""));
    await expect(link(stranger)).rejects.toThrow(/no such report/);
    const { href } = await link(officer);
    await expect(use(stranger, href)).rejects.toThrow(/not yours/);
    await expect(use({ ...officer, sessionId: stranger.sessionId }, href)).rejects.toThrow(/not yours/);
    expect((await use(officer, href)).type).toBe("application/zip");
    await expect(use(officer, href)).rejects.toThrow(/was used/);
    const old = await link(officer, new Date(Date.now() - 61_000));
    await expect(use(officer, old.href)).rejects.toThrow(/is over/);
    const events = await world.sql<{ kind: string }>(
      "owner",
      { read: [bank.id] },
      "SELECT kind FROM audit_event WHERE kind = 'report.exported' AND subject = $1",
      [id],
    );
    expect(events).toHaveLength(2);
    const kept = await world.sql<{ n: string }>(
      "owner",
      { read: [bank.id] },
      "SELECT encode(token_hash, 'hex') AS n FROM report_link",
    );
    expect(kept.some(({ n }) => Buffer.from(n, "hex").toString("base64url") === href.split("/").at(-1))).toBe(
      false,
    );
  });

  it("is not for a developer, who sees the list", async () => {
    const developer = await world.addPerson("developer", { bank: "developer" });
    const items = await world.as("web", () => listReports(developer, {}));
    expect(items.items.length).toBeGreaterThan(0);
    const id = items.items[0]?.id ?? "";
    await expect(world.as("web", () => linkReport(developer, { id, part: "pack" }))).rejects.toThrow();
    await expect(
      world.as("web", () => requestReport(developer, { tenant: "bank", ...day, ...all })),
    ).rejects.toThrow(/may not/);
  });

  it("names the one it replaces, and is the same again", async () => {
    const open = { from: "2026-11-21T06:00:00.000Z", to: "2026-11-25T00:00:00.000Z" };
    const filter = { ...all, source: ["litellm"] };
    const build = async () => {
      const { id } = await world.as("web", () =>
        requestReport(officer, { tenant: "bank", ...open, ...filter }),
      );
      expect(await buildNow()).toBe("ready");
      const { bytes } = await take(id);
      return { id, bytes, report: readReport(fileIn(bytes, "report.json")) };
    };
    const first = await build();
    expect(first.report.computed.scope.status).toBe("provisional");
    expect(first.report.stated.cover.supersedes).toBeNull();
    await world.as("gateway", () =>
      recordCalls(bank.id, [callAt(bank, "2026-11-22T01:00:00.000Z", { source: "litellm" })]),
    );
    await reports.signers.pass(reports.signer);
    const next = await build();
    expect(next.report.stated.cover.supersedes).toBe(first.report.id);
    expect((await itemOf(next.id)).supersedes).toBe(first.id);
    expect((await build()).bytes.equals(next.bytes)).toBe(true);
    const found = await verify(next.bytes);
    expect(found.checks.filter(({ result }) => result !== "PASS")).toEqual([]);
  });

  it("offers every source and verdict to choose by, however many models were called", async () => {
    for (const step of ["hour", "day"]) {
      const table = `rollup_${step}`;
      const columns = (
        await world.sql<{ name: string }>(
          "owner",
          {},
          `SELECT attname AS name FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped`,
        )
      ).map(({ name }) => name);
      const values = columns.map((name) =>
        name === "model" ? "'model-' || n" : name === "calls" ? "1000" : `r."${name}"`,
      );
      await world.sql(
        "owner",
        { read: [bank.id], write: bank.id },
        `INSERT INTO ${table} ("${columns.join('", "')}") SELECT ${values.join(", ")}
           FROM (SELECT * FROM ${table} WHERE tenant_id = $1 AND source = 'intake' AND ${step} >= '${day.from}' AND ${step} < '${day.to}' LIMIT 1) r, generate_series(1, 600) n`,
        [bank.id],
      );
    }
    const { choices } = await world.as("web", () =>
      previewReport(officer, { tenant: "bank", ...day, ...all }),
    );
    expect(choices.model).toHaveLength(200);
    expect(choices.source.map(({ value }) => value)).toEqual(expect.arrayContaining(["intake", "litellm"]));
    expect(choices.verdict.length).toBeGreaterThan(1);
  });
});

describe("the queue", () => {
  it("gives up what is cancelled while it waits and while it is built, and leaves no piece behind", async () => {
    const waiting = await ask();
    await world.as("web", () => cancelReport(officer, { tenant: "bank", id: waiting.id }));
    expect(await buildNow()).toBe("nothing");
    expect((await itemOf(waiting.id)).state).toBe("cancelled");
    const under = await ask();
    const build: typeof buildPack = (building) =>
      buildPack({
        ...building,
        sign: async (manifest) => {
          await world.sql(
            "web",
            { read: [bank.id], write: bank.id },
            "UPDATE report SET cancel_wanted_at = now() WHERE id = $1",
            [under.id],
          );
          await building.onProgress(1, 1, "signing");
          return building.sign(manifest);
        },
      });
    expect(await buildNow({ build })).toBe("cancelled");
    expect((await itemOf(under.id)).state).toBe("cancelled");
    const pieces = await world.sql(
      "owner",
      { read: [bank.id] },
      "SELECT 1 FROM report_chunk WHERE report_id = ANY($1::uuid[])",
      [[under.id, waiting.id]],
    );
    expect(pieces).toEqual([]);
    await expect(
      world.as("web", () => cancelReport(officer, { tenant: "bank", id: under.id })),
    ).rejects.toThrow(/closed already/);
  });

  it("is of whoever asked: an auditor ends his own, and of others neither a build nor a schedule", async () => {
    const { id } = await ask();
    const schedule = await world.as("web", () =>
      scheduleReport(officer, { tenant: "bank", every: "quarterly", ...all, source: ["codex"] }),
    );
    const own = await world.as("web", () => requestReport(auditor, { tenant: "bank", ...day, ...all }));
    const seen = await world.as("web", () => listReports(auditor, {}));
    expect(
      seen.items.filter(({ state }) => state === "queued").map((item) => [item.id, item.mayCancel]),
    ).toEqual([
      [own.id, true],
      [id, false],
    ]);
    expect(seen.schedules).toMatchObject([{ id: schedule.id, mayEnd: false }]);
    const cancel = (actor: PersonActor, report: string) =>
      world.as("web", () => cancelReport(actor, { tenant: "bank", id: report }));
    const end = (actor: PersonActor) =>
      world.as("web", () => endSchedule(actor, { tenant: "bank", id: schedule.id }));
    const refused = "The role auditor ends what it asked for itself. An admin or an officer ends this.";
    await expect(cancel(auditor, id)).rejects.toThrow(refused);
    await expect(end(auditor)).rejects.toThrow(refused);
    expect((await list()).items.every(({ mayCancel }) => mayCancel)).toBe(true);
    await cancel(auditor, own.id);
    await end(second);
    await cancel(second, id);
    await buildNow();
    expect([(await itemOf(id)).state, (await itemOf(own.id)).state]).toEqual(["cancelled", "cancelled"]);
  });

  it("begins anew what a dead worker left, and gives up after three tries", async () => {
    const { id } = await ask();
    const dies: typeof buildPack = async (building) => {
      await building.take(
        (async function* () {
          yield Buffer.from("half a pack");
        })(),
      );
      throw new Error("killed");
    };
    await expect(buildNow({ build: dies })).rejects.toThrow("killed");
    expect((await itemOf(id)).state).toBe("building");
    reports.nextLead();
    expect(await buildNow()).toBe("ready");
    expect((await verify((await take(id)).bytes)).verdict).toBe("PASS");
    const other = await ask();
    for (const _ of [1, 2, 3]) await expect(buildNow({ build: dies })).rejects.toThrow("killed");
    expect(await buildNow()).toBe("failed");
    expect(await itemOf(other.id)).toMatchObject({ state: "failed", problem: "tried_too_often", pack: null });
  });

  it("builds what waits before it begins again what was cut short", async () => {
    const { id } = await ask();
    const next = await ask({ verdict: ["violation"] });
    const breaks: typeof buildPack = () => Promise.reject(new Error("out of time"));
    await expect(buildNow({ build: breaks })).rejects.toThrow("out of time");
    expect(await buildNow()).toBe("ready");
    expect([(await itemOf(next.id)).state, (await itemOf(id)).state]).toEqual(["ready", "building"]);
    expect(await buildNow()).toBe("ready");
    expect((await itemOf(id)).state).toBe("ready");
  });

  it("puts back what a worker that stops had begun, and writes nothing for one that has lost the lead", async () => {
    const { id } = await ask();
    const stopping = new AbortController();
    stopping.abort();
    expect(await buildNow({ signal: stopping.signal })).toBe("put back");
    expect((await itemOf(id)).state).toBe("queued");
    const build: typeof buildPack = async (building) => {
      await world.sql(
        "worker",
        { read: [bank.id], write: bank.id },
        "UPDATE report SET fence = fence + 1 WHERE id = $1",
        [id],
      );
      return buildPack(building);
    };
    expect(await buildNow({ build })).toBe("lost");
    reports.nextLead();
    reports.nextLead();
    expect(await buildNow()).toBe("ready");
  });

  it("is not built where bytes are gone that nothing says have expired", async () => {
    const { id } = await ask();
    // As the store answers where somebody deleted the bytes of an entry.
    const build: typeof buildPack = (building) => {
      const { source } = building;
      async function* rows(first: number, end: number) {
        let index = first;
        for await (const page of source.rows(first, end))
          yield page.map((row) => (index++ === 1 ? { bytes: null, leafHash: Buffer.alloc(32, 7) } : row));
      }
      return buildPack({ ...building, source: { ...source, rows } });
    };
    expect(await buildNow({ build })).toBe("failed");
    expect(await itemOf(id)).toMatchObject({ state: "failed", problem: "log_damaged", pack: null });
  });

  it("asks once for each month that has ended and was signed, none left out, and drops a pack whose time is over unless a hold stands", async () => {
    const input = { tenant: "bank", every: "monthly" as const, ...all };
    const at = new Date("2026-10-15T12:00:00.000Z");
    await world.as("web", () => scheduleReport(officer, input, { at }));
    expect((await list()).schedules).toMatchObject([
      { every: "monthly", nextAt: "2026-11-01T00:00:00.000Z" },
    ]);
    await expect(world.as("web", () => scheduleReport(officer, input, { at }))).rejects.toThrow(
      "The same schedule runs already.",
    );
    const run = (now: string) => world.as("worker", () => runSchedules(new Date(now)));
    expect(await run("2026-11-01T00:00:30.000Z")).toMatchObject({ asked: 0 });
    const worker = (right: string) =>
      withClient(world.database.ownerUrl, (client) => client.query(`${right} domicile_worker`));
    await worker("REVOKE INSERT ON report FROM");
    await expect(run("2026-11-01T00:01:00.000Z")).rejects.toThrow(`It failed for ${bank.id};`);
    await worker("GRANT INSERT ON report TO");
    // What the store refused then is left out by no means.
    expect(await run("2026-11-01T00:01:00.000Z")).toMatchObject({ asked: 1 });
    expect(await run("2026-11-01T00:02:00.000Z")).toMatchObject({ asked: 0 });
    const asked = (await list()).items.find(({ scheduled }) => scheduled);
    expect(asked).toMatchObject({
      from: "2026-10-01T00:00:00.000Z",
      to: "2026-11-01T00:00:00.000Z",
      requestedBy: "Domicile",
    });
    expect(await buildNow()).toBe("ready");
    expect((await itemOf(asked?.id ?? "")).pack?.final).toBe(true);

    // November is over, and nobody has signed since: what is built now would be provisional for ever.
    const months = async () =>
      (await list()).items.filter(({ scheduled }) => scheduled).map(({ to }) => to.slice(0, 7));
    expect(await run("2026-12-01T00:05:00.000Z")).toMatchObject({ asked: 0 });
    // No worker ran over two ends: each month is asked for, the older one first.
    reports.signers.clock.wait(70 * 86_400_000);
    await reports.signers.pass(reports.signer);
    for (const asks of [1, 1, 0])
      expect(await run("2027-01-20T00:00:00.000Z")).toMatchObject({ asked: asks });
    expect(await months()).toEqual(["2027-01", "2026-12", "2026-11"]);
    for (const _ of [1, 2]) expect(await buildNow()).toBe("ready");
    expect((await list()).items.filter(({ scheduled, pack }) => scheduled && pack?.final)).toHaveLength(3);

    const reason = "A court asked for all of it.";
    const hold = await world.as("web", () => placeHold(officer, { tenant: "bank", name: "Case 7", reason }));
    expect((await run("2028-06-01T00:00:00.000Z")).dropped).toBe(0);
    const lift = await world.as("web", () => requestLift(officer, { tenant: "bank", id: hold.id, reason }));
    await world.as("web", () =>
      approveRequest(second, { tenant: "bank", id: lift.id, note: "The case is closed." }),
    );
    expect((await run("2028-06-01T00:00:00.000Z")).dropped).toBeGreaterThan(0);
    const dropped = await itemOf(asked?.id ?? "");
    expect(dropped.pack?.dropped).toBe(true);
    await expect(take(asked?.id ?? "")).rejects.toThrow(/no pack/);
  });
});

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { callExportSearch } from "../../contracts/exports.ts";
import type { RestatementInput } from "../../contracts/restatements.ts";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { response } from "../../core/testing/case.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { sqlOf, tenantScope, withTenant } from "../../db/with-tenant.ts";
import {
  callAt,
  createStoreWorld,
  job,
  type StoreTenant,
  type StoreWorld,
} from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { createCredential } from "../credentials/create-credential.ts";
import { exportCalls } from "../exports/export-calls.ts";
import { attestPin } from "../pins/attest-pin.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { callRestatements } from "./call-restatements.ts";
import { createRestatement, previewRestatement } from "./create-restatement.ts";
import { approveRestatement, rejectRestatement, withdrawRestatement } from "./decide-restatement.ts";
import { listRestatedCalls } from "./list-restated-calls.ts";
import { listRestatements } from "./list-restatements.ts";
import { restatementEffect } from "./stored-scope.ts";

const noon = Date.parse("2026-11-20T12:00:00.000Z");
const minutes = (n: number) => new Date(noon + n * 60_000).toISOString();
let world: StoreWorld;
let bank: StoreTenant;
let olga: PersonActor;
let otto: PersonActor;
let auditor: PersonActor;
let stranger: PersonActor;
let credentialId: string;
let storing: string[];

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  olga = await world.addPerson("olga", { bank: "officer" });
  otto = await world.addPerson("otto", { bank: "officer" });
  auditor = await world.addPerson("audit", { bank: "auditor" });
  stranger = await world.addPerson("nob", {});
  const made = await web(() =>
    createCredential(job, {
      tenant: "bank",
      label: "eu",
      secret: "sk-sim-eu-abcdef123456",
      projectId: null,
      hosts: ["eu.api.openai.com"],
    }),
  );
  credentialId = made.id;
  const stores = Array.from({ length: 3 }, (_, i) =>
    callAt(bank, minutes(i), { credentialId, facts: response({ simulated: true }) }),
  );
  const plain = Array.from({ length: 4 }, (_, i) => callAt(bank, minutes(30 + i)));
  storing = stores.map(({ id }) => id);
  await world.as("gateway", () => recordCalls(bank.id, [...stores, ...plain]));
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const period = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };
const ask = (over: Partial<RestatementInput> = {}): RestatementInput => ({
  tenant: "bank",
  ...period,
  hosts: [],
  models: [],
  applications: [],
  method: { kind: "notice", verdict: "unverifiable" },
  statement: "The provider told of an incident on that day.",
  evidence: "Status page of the provider, incident 4711, read on 21 November.",
  evidenceUrl: null,
  ...over,
});
const verdicts = () =>
  world.sql("owner", { read: [bank.id] }, "SELECT id, verdict, band, reasons FROM call ORDER BY id");
const decision = (id: string) => ({ tenant: "bank", id, note: "Checked." });
const usAccepted = {
  preset: "us_global_accepted",
  homeRegion: "us",
  acceptance: {
    acceptedBy: "M. Roth",
    reason: "Our customers are in the United States.",
    reviewOn: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
  },
} as const;
const range = { range: "7d" as const, ...period };

describe("a restatement", () => {
  it("needs what it is judged by: a pin that is known", async () => {
    await web(() =>
      expect(createRestatement(olga, ask({ method: { kind: "pin", credentialId } }))).rejects.toMatchObject({
        fields: [{ field: "method.credentialId" }],
      }),
    );
  });

  it("is approved by somebody else, changes no stored verdict, and is shown beside it", async () => {
    const before = await verdicts();
    await web(() =>
      attestPin(job, {
        tenant: "bank",
        credentialId,
        kind: "processing",
        region: "eu",
        attestedBy: "M. Roth",
        statement: "Read on the project's settings page.",
      }),
    );
    const wish = ask({
      method: { kind: "pin", credentialId },
      statement: "The pin was not recorded at the time.",
    });
    const effect = {
      calls: 3,
      moves: [{ before: "unverifiable", after: "compliant", bandBefore: null, bandAfter: null, calls: 3 }],
    };
    expect(await web(() => previewRestatement(olga, wish))).toEqual(effect);
    const { id } = await web(() => createRestatement(olga, wish));
    expect((await web(() => listRestatements(otto, "bank")))[0]).toMatchObject({
      id,
      state: "waiting",
      cause: "pin_learned",
      effect: null,
      isMine: false,
    });
    expect(await web(() => listRestatedCalls(olga, range))).toMatchObject({ calls: 0 });
    expect(await web(() => restatementEffect(otto, { tenant: "bank", id }))).toEqual(effect);
    await web(async () => {
      await expect(approveRestatement(olga, decision(id))).rejects.toMatchObject({ code: "forbidden" });
      await expect(approveRestatement(auditor, decision(id))).rejects.toMatchObject({ code: "forbidden" });
      expect(await approveRestatement(otto, decision(id))).toEqual(effect);
      await expect(approveRestatement(otto, decision(id))).rejects.toMatchObject({ code: "conflict" });
    });
    expect(await verdicts()).toEqual(before);
    expect((await web(() => listRestatements(olga, "bank")))[0]).toMatchObject({
      state: "approved",
      effect,
      decision: { by: "otto", note: "Checked." },
    });
    const shown = await web(() => listRestatedCalls(auditor, range));
    expect(shown).toMatchObject({ calls: 3, moves: effect.moves });
    expect(shown.listed.map((call) => call.id).sort()).toEqual([...storing].sort());
    expect(await web(() => callRestatements(auditor, storing[0] ?? ""))).toMatchObject([
      { id, before: "unverifiable", after: "compliant", author: "olga", approvedBy: "otto", tenant: "bank" },
    ]);
    expect(await web(() => callRestatements(stranger, storing[0] ?? ""))).toEqual([]);
  });

  it("stands in a file of the calls, beside the first verdict", async () => {
    const search = callExportSearch.parse({ ...range, format: "ndjson" });
    const calls = await web(async () => {
      let text = "";
      for await (const part of (await exportCalls(auditor, search)).lines) text += part;
      return text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    });
    expect(calls).toHaveLength(7);
    for (const call of calls)
      expect(call).toMatchObject(
        storing.includes(call.id)
          ? {
              verdict: "unverifiable",
              reasons: expect.arrayContaining([expect.any(String)]),
              restatement: expect.any(String),
              restatedVerdict: "compliant",
              restatedBand: "in_region",
            }
          : { verdict: "compliant", restatement: null, restatedVerdict: null, restatedBand: null },
      );
    expect(calls[0]).toMatchObject({ catalogVersion: expect.any(Number), judgeVersion: expect.any(Number) });
  });

  it("counts by the newest where a call was restated twice, and keeps both", async () => {
    const { id } = await web(() =>
      createRestatement(otto, ask({ method: { kind: "notice", verdict: "violation" }, to: minutes(1) })),
    );
    await web(() => approveRestatement(olga, decision(id)));
    const first = storing[0] ?? "";
    const shown = await web(() => listRestatedCalls(auditor, range));
    expect(shown.calls).toBe(3);
    expect(shown.moves).toContainEqual({
      before: "unverifiable",
      after: "violation",
      bandBefore: null,
      bandAfter: null,
      calls: 1,
    });
    const [newest, older] = await web(() => callRestatements(auditor, first));
    expect(newest).toMatchObject({ before: "compliant", after: "violation", bandAfter: "outside" });
    expect(older).toMatchObject({ before: "unverifiable", after: "compliant" });
  });

  it("takes a mistaken notice back, keeps a pin learned before it, and no count of it stays", async () => {
    const again = { method: { kind: "catalog", version: openaiCatalog.version } } as const;
    const back = ask({ ...again, to: minutes(1), statement: "The notice was about another region." });
    const effect = await web(() => previewRestatement(olga, back));
    expect(effect.moves).toMatchObject([{ before: "violation", after: "compliant", calls: 1 }]);
    const { id } = await web(() => createRestatement(olga, back));
    await web(() => approveRestatement(otto, decision(id)));
    const shown = await web(() => listRestatedCalls(auditor, range));
    expect(shown.moves).toMatchObject([{ before: "unverifiable", after: "compliant", calls: 3 }]);

    const plain = { from: minutes(30), to: minutes(31) };
    const mistaken = await web(() => createRestatement(olga, ask(plain)));
    await web(() => approveRestatement(otto, decision(mistaken.id)));
    expect((await web(() => listRestatedCalls(auditor, range))).calls).toBe(4);
    const corrected = await web(() => createRestatement(olga, ask({ ...plain, ...again })));
    await web(() => approveRestatement(otto, decision(corrected.id)));
    const after = await web(() => listRestatedCalls(auditor, range));
    expect(after).toMatchObject({ calls: 3, moves: shown.moves });
    expect(after.listed.map((call) => call.id).sort()).toEqual([...storing].sort());
  });

  it("is not approved where another one was approved while it was judged", async () => {
    const scope = { from: minutes(31), to: minutes(32) };
    const ids: string[] = [];
    for (const verdict of ["unverifiable", "violation"] as const)
      ids.push(
        (await web(() => createRestatement(olga, ask({ ...scope, method: { kind: "notice", verdict } })))).id,
      );
    // Both are judged while somebody else records in the tenant, and come to their transaction after each other.
    const both = await web(async () => {
      const started = await withTenant(tenantScope(bank.id), async (tx) => {
        await lockRecording(sqlOf(tx), bank.id);
        const approvals = Promise.allSettled(ids.map((id) => approveRestatement(otto, decision(id))));
        await vi.waitFor(async () => {
          const [row] = await world.sql<{ waiting: number }>(
            "owner",
            {},
            "SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted",
          );
          expect(row?.waiting).toBe(2);
        });
        return { approvals };
      });
      return started.approvals;
    });
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  });

  it("counts a call that stays within policy and loses or gains a promise", async () => {
    const shop = await world.addTenant("shop", usAccepted);
    const rita = await world.addPerson("rita", { shop: "officer" });
    const rolf = await world.addPerson("rolf", { shop: "officer" });
    const key = await web(() =>
      createCredential(job, {
        tenant: "shop",
        label: "us",
        secret: "sk-sim-us-abcdef123456",
        projectId: null,
        hosts: ["us.api.openai.com"],
      }),
    );
    const call = callAt(shop, minutes(0), {
      host: "us.api.openai.com",
      intendedRegion: "us",
      credentialId: key.id,
      facts: response({ simulated: true }),
    });
    await world.as("gateway", () => recordCalls(shop.id, [call]));
    await web(() =>
      attestPin(job, {
        tenant: "shop",
        credentialId: key.id,
        kind: "processing",
        region: "us",
        attestedBy: "M. Roth",
        statement: "Read on the project's settings page.",
      }),
    );
    const wish = ask({ tenant: "shop", method: { kind: "pin", credentialId: key.id } });
    const { id } = await web(() => createRestatement(rita, wish));
    await web(() => approveRestatement(rolf, { ...decision(id), tenant: "shop" }));
    expect(await web(() => listRestatedCalls(rita, { ...range, tenant: "shop" }))).toEqual({
      calls: 1,
      moves: [
        {
          before: "compliant",
          after: "compliant",
          bandBefore: "permitted",
          bandAfter: "in_region",
          calls: 1,
        },
      ],
      listed: [{ id: call.id, startedAt: expect.any(String), verdict: "compliant", band: "in_region" }],
    });
    const [event] = await world.sql<{ detail: { moves: string[] } }>(
      "owner",
      { read: [shop.id] },
      "SELECT detail FROM audit_event WHERE kind = 'restatement.approved' AND tenant_id = $1",
      [shop.id],
    );
    expect(event?.detail.moves).toEqual(["compliant permitted to compliant in_region: 1"]);
  });

  it("is confined to its period, hosts, models and applications", async () => {
    const effect = (over: Partial<RestatementInput>) => web(() => previewRestatement(olga, ask(over)));
    expect((await effect({ from: minutes(30), to: minutes(32) })).calls).toBe(2);
    expect((await effect({ hosts: ["us.api.openai.com"] })).calls).toBe(0);
    expect((await effect({ applications: ["loan-desk"] })).calls).toBe(7);
    await expect(effect({ applications: ["nobody"] })).rejects.toMatchObject({
      fields: [{ field: "applications" }],
    });
  });

  it("cannot be approved by its author even past the verb, and nothing of it can be changed", async () => {
    const { id } = await web(() => createRestatement(olga, ask()));
    const insert = (decidedBy: string, author: string) =>
      world.sql(
        "web",
        { read: [bank.id], write: bank.id },
        `INSERT INTO restatement_decision (tenant_id, restatement_id, author_id, outcome, decided_by, decided_by_id, decided_at)
         VALUES ($1, $2, $3, 'approved', 'x', $4, now())`,
        [bank.id, id, author, decidedBy],
      );
    await expect(insert(olga.personId, olga.personId)).rejects.toThrow(/four_eyes/);
    await expect(insert(olga.personId, otto.personId)).rejects.toThrow(/foreign key/);
    const scope = { read: [bank.id], write: bank.id };
    for (const table of ["restatement", "restatement_decision", "restatement_call"]) {
      await expect(world.sql("web", scope, `DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
      await expect(world.sql("owner", scope, `TRUNCATE ${table} CASCADE`)).rejects.toThrow(/never changed/);
    }
    await web(() => rejectRestatement(otto, decision(id)));
    const again = await web(() => createRestatement(olga, ask()));
    await web(async () => {
      await expect(withdrawRestatement(otto, decision(again.id))).rejects.toMatchObject({
        code: "forbidden",
      });
      await withdrawRestatement(olga, decision(again.id));
    });
    expect((await web(() => listRestatements(olga, "bank"))).map(({ state }) => state).slice(0, 2)).toEqual([
      "withdrawn",
      "rejected",
    ]);
  });

  it("is refused where it would change no call", async () => {
    await web(() =>
      expect(createRestatement(olga, ask({ hosts: ["us.api.openai.com"] }))).rejects.toMatchObject({
        code: "invalid_input",
      }),
    );
    await web(() => expect(createRestatement(auditor, ask())).rejects.toMatchObject({ code: "forbidden" }));
  });
});

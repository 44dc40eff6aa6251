import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Policy } from "../../core/policies/policy.ts";
import { policyFromPreset } from "../../core/policies/presets.ts";
import { createStoreWorld, job, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { loadTenantConfig } from "../gateway-config/load-tenant-config.ts";
import { readConfigRevision } from "../gateway-config/read-revision.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { approveProposal, rejectProposal, withdrawProposal } from "./decide-proposal.ts";
import { getPolicies } from "./get-policies.ts";
import { savePolicy } from "./save-policy.ts";

let world: StoreWorld;
let ann: PersonActor;
let ben: PersonActor;
let officer: PersonActor;
let auditor: PersonActor;
const tenants = new Map<string, StoreTenant>();
beforeAll(async () => {
  world = await createStoreWorld();
  const members = { tight: "admin", wide: "admin", race: "admin", late: "admin" } as const;
  for (const slug of Object.keys(members)) tenants.set(slug, await world.addTenant(slug));
  ann = await world.addPerson("ann", members);
  ben = await world.addPerson("ben", members);
  officer = await world.addPerson("olga", { wide: "officer" });
  auditor = await world.addPerson("audit", { wide: "auditor" });
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const idOf = (slug: string) => tenants.get(slug)?.id ?? "";
const eea = policyFromPreset("eea_ch", {
  homeRegion: "eu",
  enforcement: { mode: "block" },
  acceptance: null,
});
const strict = policyFromPreset("eea_ch_strict", {
  homeRegion: "eu",
  enforcement: { mode: "block" },
  acceptance: null,
});
const loose: Policy = { ...eea, claims: { ...eea.claims, storage: { kind: "any" } } };
const reason = "Agreed with the data protection officer.";
const save = (actor: PersonActor, tenant: string, policy: Policy, baseVersion = 1, at?: Date) =>
  web(() =>
    savePolicy(actor, { tenant, policy: { ...policy }, reason, baseVersion }, at === undefined ? {} : { at }),
  );
const propose = async (tenant: string, policy = loose, at?: Date) => {
  const saved = await save(ann, tenant, policy, 1, at);
  if (saved.kind !== "proposed") throw new Error("It was saved at once.");
  return saved.id;
};

describe("savePolicy", () => {
  it("lets a tightening take effect 30 seconds later, tells the gateways, and records why", async () => {
    const before = await world.as("gateway", readConfigRevision);
    const at = new Date();
    const saved = await save(ann, "tight", strict, 1, at);
    expect(saved).toEqual({
      kind: "saved",
      version: 2,
      effectiveAt: new Date(at.getTime() + 30_000).toISOString(),
    });
    expect(await world.as("gateway", readConfigRevision)).toBeGreaterThan(before);
    const config = await world.as("gateway", () => loadTenantConfig(idOf("tight")));
    expect(config?.policies.map(({ version }) => version)).toEqual([2, 1]);
    const book = await web(() => getPolicies(ann, "tight"));
    expect(book.inForce).toBe(1);
    expect(book.versions[0]).toMatchObject({ version: 2, createdBy: "ann", reason, approvedBy: null });
    expect(book.versions[0]?.changes.every(({ effect }) => effect !== "widens")).toBe(true);
    expect((await web(() => getPolicies(ann, "tight", new Date(at.getTime() + 31_000)))).inForce).toBe(2);
    const events = await world.sql<{ kind: string; detail: { reason: string } }>(
      "owner",
      { read: [idOf("tight")] },
      "SELECT kind, detail FROM audit_event WHERE kind LIKE 'policy.%'",
    );
    expect(events).toMatchObject([{ kind: "policy.saved", detail: { reason } }]);
  });

  it("refuses what was written against an older version, and what changes nothing", async () => {
    await expect(save(ann, "tight", eea, 1)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(save(ann, "tight", { ...strict, models: ["gpt-5"] }, 1)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(save(ann, "tight", strict, 9)).rejects.toMatchObject({ code: "not_found" });
  });

  it("refuses in words what no region can meet", async () => {
    const uk = {
      ...eea,
      claims: { ...eea.claims, inference: { kind: "countries", countries: ["GB"] } as const },
    };
    await expect(save(ann, "wide", uk)).rejects.toMatchObject({
      code: "policy_cannot_be_met",
      fields: expect.arrayContaining([
        { field: "claims.inference", message: "OpenAI lists no processing in the United Kingdom." },
      ]),
    });
    await expect(save(ann, "wide", { ...eea, more: 1 } as Policy)).rejects.toMatchObject({
      code: "invalid_input",
      fields: [{ field: "more" }],
    });
  });

  it("keeps a widening as a proposal: nothing changes until a second person approves", async () => {
    const id = await propose("wide");
    const config = await world.as("gateway", () => loadTenantConfig(idOf("wide")));
    expect(config?.policies.map(({ version }) => version)).toEqual([1]);
    const book = await web(() => getPolicies(ben, "wide"));
    expect(book.proposals[0]).toMatchObject({ id, state: "waiting", requestedBy: "ann", isMine: false });
    expect(book.proposals[0]?.changes).toMatchObject([{ effect: "widens", field: "claims.storage" }]);
    expect((await web(() => getPolicies(ann, "wide"))).proposals[0]).toMatchObject({ isMine: true });
    await web(() => withdrawProposal(ann, { tenant: "wide", id, note: "" }));
  });

  it("wants a reason and a second approver for every host that OpenAI does not document", async () => {
    const named = { ...eea, customHosts: ["llm.bank.example"] };
    await expect(save(ann, "wide", named)).rejects.toMatchObject({
      fields: [{ field: "customHostReasons.llm.bank.example" }],
    });
    const id = await propose("wide", {
      ...named,
      customHostReasons: { "llm.bank.example": "Our own proxy in Frankfurt, contract 12." },
    });
    await web(() => withdrawProposal(ann, { tenant: "wide", id, note: "" }));
  });

  it("takes no widening from a job: two people are needed", async () => {
    await web(() =>
      expect(
        savePolicy(job, { tenant: "wide", policy: { ...loose }, reason, baseVersion: 1 }),
      ).rejects.toMatchObject({ code: "forbidden" }),
    );
  });

  it.each(["officer", "auditor"] as const)("is not for an %s", async (role) => {
    const actor = role === "officer" ? officer : auditor;
    await expect(save(actor, "wide", strict)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a proposal", () => {
  const decision = (tenant: string, id: string) => ({ tenant, id, note: "Seen." });

  it("is approved by an officer or another admin, never by whoever asked, and becomes a version once", async () => {
    const id = await propose("wide");
    await web(async () => {
      await expect(approveProposal(ann, decision("wide", id))).rejects.toMatchObject({ code: "forbidden" });
      await expect(approveProposal(auditor, decision("wide", id))).rejects.toMatchObject({
        code: "forbidden",
      });
      const saved = await approveProposal(officer, decision("wide", id));
      expect(saved).toMatchObject({ kind: "saved", version: 2 });
      await expect(approveProposal(ben, decision("wide", id))).rejects.toMatchObject({ code: "conflict" });
      const book = await getPolicies(ann, "wide");
      expect(book.versions[0]).toMatchObject({ version: 2, createdBy: "ann", approvedBy: "olga", reason });
      expect(book.proposals.find((each) => each.id === id)).toMatchObject({
        state: "approved",
        decision: { by: "olga", note: "Seen." },
      });
    });
  });

  it("cannot be approved by its requester even past the verb: the database refuses", async () => {
    const id = await propose("late");
    const insert = (decidedBy: string, requestedBy: string) =>
      world.sql(
        "web",
        { read: [idOf("late")], write: idOf("late") },
        `INSERT INTO policy_decision (tenant_id, proposal_id, requested_by_id, outcome, decided_by, decided_by_id, decided_at)
         VALUES ($1, $2, $3, 'approved', 'x', $4, now())`,
        [idOf("late"), id, requestedBy, decidedBy],
      );
    await expect(insert(ann.personId, ann.personId)).rejects.toThrow(/four_eyes/);
    // Nor by naming another requester than the real one.
    await expect(insert(ann.personId, ben.personId)).rejects.toThrow(/foreign key/);
    for (const text of ["UPDATE policy_proposal SET reason = 'x'", "DELETE FROM policy_proposal"])
      await expect(world.sql("web", { read: [idOf("late")], write: idOf("late") }, text)).rejects.toThrow(
        /permission denied/,
      );
    await web(() => rejectProposal(ben, decision("late", id)));
    await web(() =>
      expect(approveProposal(ben, decision("late", id))).rejects.toMatchObject({
        message: "This proposal was rejected already.",
      }),
    );
  });

  it("lapses after 14 days", async () => {
    const id = await propose("late", loose, new Date(Date.now() - 15 * 86_400_000));
    await web(async () => {
      expect((await getPolicies(ann, "late")).proposals.find((each) => each.id === id)?.state).toBe(
        "expired",
      );
      await expect(approveProposal(ben, decision("late", id))).rejects.toMatchObject({ code: "conflict" });
    });
  });

  it("is overtaken by any version saved since: what it was compared with is no longer in force", async () => {
    const id = await propose("race");
    await save(ben, "race", strict, 1);
    await web(async () => {
      expect((await getPolicies(ann, "race")).proposals[0]?.state).toBe("overtaken");
      await expect(approveProposal(ben, decision("race", id))).rejects.toMatchObject({ code: "conflict" });
    });
  });

  it("lets one of two people decide", async () => {
    const id = await propose("late");
    const outcomes = await web(() =>
      Promise.allSettled([
        approveProposal(ben, decision("late", id)),
        rejectProposal(ben, decision("late", id)),
      ]),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict" },
    });
  });

  it("of another tenant is not found", async () => {
    const id = await propose("tight", loose).catch(() => null);
    expect(id).toBeNull();
    await web(() =>
      expect(approveProposal(officer, decision("tight", idOf("wide")))).rejects.toMatchObject({
        code: "not_found",
      }),
    );
  });
});

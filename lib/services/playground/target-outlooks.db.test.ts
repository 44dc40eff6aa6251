import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStoreWorld, job, type StoreWorld } from "../../testing/store-world.ts";
import { createCredential } from "../credentials/create-credential.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { recordLooks } from "../trail/record-looks.ts";
import { allowPlaygroundCall } from "./allow-playground-call.ts";
import { verifyInternalToken } from "./internal-token.ts";
import { listTargetOutlooks } from "./list-target-outlooks.ts";

const model = "gpt-5.4-mini-2026-03-17";
let world: StoreWorld;
let developer: PersonActor;
let auditor: PersonActor;
let stranger: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  await world.addTenant("strict-bank", { preset: "eea_ch", homeRegion: "eu", enforcement: "block" });
  await world.addTenant("watching-bank", { preset: "eea_ch", homeRegion: "eu", enforcement: "observe" });
  developer = await world.addPerson("dev", { "strict-bank": "developer", "watching-bank": "developer" });
  auditor = await world.addPerson("audit", { "strict-bank": "auditor" });
  stranger = await world.addPerson("stranger", {});
  const credential = {
    label: "eu",
    secret: "sk-sim-eu-abcdef123456",
    projectId: null,
    hosts: ["eu.api.openai.com"],
  };
  await world.as("web", () => createCredential(job, { tenant: "strict-bank", ...credential }));
});
afterAll(() => world.drop());

const outlook = (tenant: string, target: string) =>
  world.as("web", async () => {
    const all = await listTargetOutlooks(developer, { tenant, model });
    return all.find((each) => each.target === target);
  });

describe("listTargetOutlooks", () => {
  it("says that the policy's own target would be sent, and with which host", async () => {
    expect(await outlook("strict-bank", "policy")).toEqual({
      target: "policy",
      host: "eu.api.openai.com",
      region: "eu",
      outlook: "sent",
      objection: null,
      hasCredential: true,
    });
  });

  it("says that a blocking policy would refuse the global host, and that no key may go there", async () => {
    expect(await outlook("strict-bank", "global")).toMatchObject({
      outlook: "refused",
      objection: { code: "region_blocked" },
      hasCredential: false,
    });
  });

  it("says that an observing policy would send and flag", async () => {
    expect(await outlook("watching-bank", "us")).toMatchObject({
      outlook: "flagged",
      host: "us.api.openai.com",
    });
  });

  it("shows nothing of a tenant to who is no member", async () => {
    await world.as("web", () =>
      expect(listTargetOutlooks(stranger, { tenant: "strict-bank" })).rejects.toMatchObject({
        code: "not_found",
      }),
    );
  });
});

describe("allowPlaygroundCall", () => {
  const input = { tenant: "strict-bank", target: "global" };

  it("signs a token for this person, tenant and target", async () => {
    const token = await world.as("web", () => allowPlaygroundCall(developer, input));
    expect(verifyInternalToken(token)).toMatchObject({ personId: developer.personId, target: "global" });
  });

  it("leaves in the tenant's log who was allowed which calls, before any of them is sent", async () => {
    const bank = await world.addTenant("logged-bank");
    const dora = await world.addPerson("dora", { "logged-bank": "developer" });
    const dirk = await world.addPerson("dirk", { "logged-bank": "developer" });
    const ids = new Map<string, string[]>();
    for (const person of [dora, dora, dirk]) {
      const token = await world.as("web", () =>
        allowPlaygroundCall(person, { ...input, tenant: "logged-bank" }),
      );
      const id = verifyInternalToken(token)?.id ?? "";
      ids.set(person.personId, [...(ids.get(person.personId) ?? []), id].sort());
    }
    await world.as("worker", () => recordLooks(new Date(Date.now() + 120_000)));
    const events = await world.sql<{ actor_id: string; actor_name: string; detail: { objectIds: string[] } }>(
      "owner",
      { read: [bank.id] },
      `SELECT actor_id, actor_name, subject, detail, ledger_index FROM audit_event WHERE kind = 'playground_call.allowed'`,
    );
    const named = new Map<string, string[]>();
    for (const { actor_id, detail } of events)
      named.set(actor_id, [...(named.get(actor_id) ?? []), ...detail.objectIds].sort());
    expect(named).toEqual(ids);
    expect(events.map(({ actor_name }) => actor_name).sort()).toEqual(
      expect.arrayContaining(["dirk", "dora"]),
    );
    expect(events).not.toContainEqual(expect.objectContaining({ ledger_index: null }));
  });

  it("refuses an auditor", async () => {
    await expect(allowPlaygroundCall(auditor, input)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("refuses who is no member, as if there were no such tenant", async () => {
    await expect(allowPlaygroundCall(stranger, input)).rejects.toMatchObject({ code: "not_found" });
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStoreWorld, job, type StoreWorld } from "../../testing/store-world.ts";
import { createCredential } from "../credentials/create-credential.ts";
import type { PersonActor } from "../sessions/find-session.ts";
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

  it("refuses an auditor", async () => {
    await expect(allowPlaygroundCall(auditor, input)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("refuses who is no member, as if there were no such tenant", async () => {
    await expect(allowPlaygroundCall(stranger, input)).rejects.toMatchObject({ code: "not_found" });
  });
});

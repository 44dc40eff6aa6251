import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../../testing/gateway-world.ts";
import type { Actor } from "../actor.ts";
import { getModels } from "./get-models.ts";
import { type Listing, recordListing } from "./record-listing.ts";

let world: GatewayWorld;
let bank: WorldTenant;
let reader: Actor;

beforeAll(async () => {
  world = await createGatewayWorld();
  bank = await world.addTenant({
    slug: "bank",
    preset: "eea_ch",
    homeRegion: "eu",
    secret: "sk-sim-eu-bank1",
  });
  reader = {
    kind: "person",
    personId: bank.id,
    sessionId: bank.id,
    email: "a@example.com",
    name: "A",
    deploymentAdmin: false,
    confirmedAt: new Date(),
    memberships: [{ tenantId: bank.id, slug: "bank", role: "auditor" }],
  };
});
afterAll(() => world.stop());

const page = () => world.as("web", () => getModels(reader, {}));

async function listings(atLeast: number) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const rows = await world.sql<{
      host: string;
      region: string;
      models: { id: string }[];
      simulated: boolean;
    }>(bank.id, "select * from model_listing where tenant_id = $1 order by at, id", [bank.id]);
    if (rows.length >= atLeast || Date.now() > deadline) return rows;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const later = (minutes: number, models: Listing["models"]): Listing => ({
  tenantId: bank.id,
  callId: bank.id,
  at: new Date(Date.now() + minutes * 60_000),
  host: "eu.api.openai.com",
  region: "eu",
  credentialId: null,
  simulated: true,
  models,
});

describe("lists of models", () => {
  it("that pass through are kept with host, region and key, and once while they stay the same", async () => {
    const client = world.openai(bank.key);
    const listed = [];
    for await (const model of client.models.list()) listed.push(model.id);
    const rows = await listings(1);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ host: "eu.api.openai.com", region: "eu", simulated: true });
    expect(rows[0]?.models.map(({ id }) => id)).toEqual(listed.toSorted());
    await client.models.list();
    await world.recorded(bank.id, 2);
    expect(await listings(1)).toHaveLength(1);
    expect((await page()).listings).toEqual([
      expect.objectContaining({ tenant: "bank", credential: "project key", region: "eu" }),
    ]);
    expect((await page()).sources).toEqual([
      { tenant: "bank", host: "eu.api.openai.com", region: "eu", credential: "project key" },
    ]);
  });

  it("that differ from the one before raise a notice; a first list raises none", async () => {
    const a = { id: "gpt-a", shutdownOn: null };
    const b = { id: "gpt-b", shutdownOn: null };
    expect(await recordListing(later(0, [a]))).toBe("kept");
    expect((await page()).notices).toEqual([]);
    expect(await recordListing(later(5, [a]))).toBe("unchanged");
    expect(await recordListing(later(11, [a]))).toBe("unchanged");
    expect((await page()).notices).toEqual([]);
    expect(await recordListing(later(12, [{ ...a, shutdownOn: "2027-01-14" }, b]))).toBe("kept");
    expect(await recordListing(later(13, [b]))).toBe("kept");
    expect((await page()).notices).toEqual([
      expect.objectContaining({ added: [], removed: ["gpt-a"], shutdowns: [] }),
      expect.objectContaining({ tenant: "bank", added: ["gpt-b"], removed: [], shutdowns: ["gpt-a"] }),
    ]);
  });

  it("that stay the same for days are one row, and the page says when they were seen last", async () => {
    const rows = async () =>
      world.sql<{ id: string }>(bank.id, "select id from model_listing where host = 'gb.api.openai.com'");
    const again = (minutes: number, region = "gb"): Listing => ({
      ...later(minutes, [{ id: "gpt-a", shutdownOn: null }]),
      host: "gb.api.openai.com",
      region,
    });
    expect(await recordListing(again(0))).toBe("kept");
    const seen = [];
    for (let minutes = 11; minutes < 120; minutes += 11) {
      const listing = again(minutes);
      expect(await recordListing(listing)).toBe("unchanged");
      seen.push(listing.at.toISOString());
    }
    expect(await rows()).toHaveLength(1);
    const shown = (await page()).listings.filter(({ host }) => host === "gb.api.openai.com");
    expect(shown.map(({ at }) => at)).toEqual([seen.at(-1)]);
    // The same models of a host that is now known to be elsewhere are another list.
    expect(await recordListing(again(130, "uk"))).toBe("kept");
    expect((await page()).listings.filter(({ host }) => host === "gb.api.openai.com")).toMatchObject([
      { region: "uk" },
    ]);
    expect((await page()).notices.filter(({ host }) => host === "gb.api.openai.com")).toEqual([]);
  });

  it("are kept for the tenant that asked and shown to no other", async () => {
    const stranger: Actor = { ...reader, memberships: [] } as Actor;
    expect(await world.as("web", () => getModels(stranger, {}))).toMatchObject({
      listings: [],
      notices: [],
      used: [],
    });
  });

  it("stand beside what was used, by region", async () => {
    await world.openai(bank.key).chat.completions.create({
      model: "gpt-5.4-mini-2026-03-17",
      messages: [{ role: "user", content: "Hello." }],
    });
    await world.recorded(bank.id, 3);
    expect((await page()).used).toContainEqual({ model: "gpt-5.4-mini-2026-03-17", region: "eu", calls: 1 });
  });
});

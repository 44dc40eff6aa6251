import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CatalogEdit } from "../core/regions/edit-catalog.ts";
import type { Actor } from "../services/actor.ts";
import { publishCatalog } from "../services/catalog/publish-catalog.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "../testing/gateway-world.ts";

let world: GatewayWorld;
let bank: WorldTenant;

beforeAll(async () => {
  world = await createGatewayWorld();
  bank = await world.addTenant({
    slug: "bank",
    preset: "eea_ch",
    homeRegion: "eu",
    secret: "sk-sim-eu-bank1",
  });
});
afterAll(() => world.stop());

const admin: Actor = { kind: "system", job: "test" };
const model = "gpt-5.4-mini-2026-03-17";

const takeAway: CatalogEdit = {
  kind: "set_cell",
  table: "models",
  id: model,
  claim: "processing",
  region: "eu",
  cell: {
    state: "no",
    sourceId: "residency-page",
    asOf: "2026-11-22",
    confidence: "high",
    confirmedBy: null,
  },
};

async function ask(): Promise<{ status: number; message: string }> {
  try {
    await world
      .openai(bank.key)
      .chat.completions.create({ model, messages: [{ role: "user", content: "Hello." }] });
    return { status: 200, message: "" };
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
    return { status: error.status ?? 0, message: error.message };
  }
}

it("plans by a published catalog within seconds, says so by its number, and leaves earlier calls as they were", async () => {
  expect(await ask()).toEqual({ status: 200, message: "" });
  const [before] = await world.recorded(bank.id, 1);

  const input = { basedOn: 1, reason: "The provider's page no longer lists it." };
  await world.as("web", () =>
    publishCatalog(admin, { ...input, draft: { kind: "edits", edits: [takeAway] } }),
  );
  const sent: number[] = [];
  const deadline = Date.now() + 60_000;
  let answer = await ask();
  while (answer.status === 200 && Date.now() < deadline) {
    sent.push(answer.status);
    answer = await ask();
  }
  expect(answer.status).toBe(403);
  expect(answer.message).toContain(
    `${model} is not listed for inference in Europe (EEA and Switzerland) as of catalog 2 (OpenAI, Data residency guide`,
  );
  expect(answer.message).toMatch(/Listed alternatives: gpt-5\.4/);

  const rows = (await world.recorded(bank.id, sent.length + 2)) as unknown as {
    id: string;
    verdict: string;
    catalog_version: number;
  }[];
  expect(rows[0]).toMatchObject({ id: before?.id, verdict: before?.verdict, catalog_version: 1 });
  expect(rows.at(-1)).toMatchObject({ verdict: "blocked", catalog_version: 2 });
  // Each call in between was planned and judged by one catalog, whichever its gateway had read.
  for (const row of rows.slice(0, -1))
    expect([row.verdict, row.catalog_version]).toEqual([before?.verdict, 1]);
});

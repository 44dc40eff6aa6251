import { expect, it } from "vitest";
import type { ModelPageState } from "../../lib/contracts/catalog-parsers.ts";
import type { ModelsPage } from "../../lib/contracts/models.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { modelLines, shownLines } from "./model-rows.ts";

const page: ModelsPage = {
  listings: [
    {
      tenant: "bank",
      host: "eu.api.openai.com",
      region: "eu",
      credential: "Europe",
      at: "2026-11-22T10:00:00.000Z",
      simulated: true,
      models: [
        { id: "gpt-6-sol", shutdownOn: null },
        { id: "gpt-new", shutdownOn: "2027-01-14" },
      ],
    },
  ],
  notices: [],
  sources: [],
  used: [
    { model: "gpt-6-sol", region: "eu", calls: 7 },
    { model: "gpt-4o", region: "global", calls: 2 },
  ],
  usedSince: "2026-10-23T00:00:00.000Z",
};

const none: ModelPageState = {
  tenant: null,
  claim: "processing",
  q: "",
  endpoint: null,
  feature: null,
  region: [],
  state: [],
  listed: null,
  model: null,
  at: null,
};
const shown = (over: Partial<ModelPageState>) =>
  shownLines(modelLines(openaiCatalog, page), openaiCatalog.regions, { ...none, ...over }, openaiCatalog);

it("puts listed by the provider, in the catalog and used side by side, and takes no name for another", () => {
  const lines = modelLines(openaiCatalog, page);
  const line = (id: string) => lines.find((each) => each.id === id);
  expect(line("gpt-6-sol")).toMatchObject({ listedIn: ["eu"], usedCalls: 7 });
  expect(line("gpt-new")).toMatchObject({
    row: null,
    listedIn: ["eu"],
    usedCalls: 0,
    listedEnd: "2027-01-14",
  });
  expect(line("gpt-4o")).toMatchObject({ row: null, listedIn: [], usedCalls: 2 });
  expect(line("gpt-4o-2024-08-06")).toMatchObject({ listedIn: [], usedCalls: 0 });
  expect(modelLines(openaiCatalog, undefined)[0]?.listedIn).toBeNull();
});

it.each([
  [{ listed: "both" }, ["gpt-6-sol"]],
  [{ listed: "provider_only" }, ["gpt-new"]],
  [{ listed: "used" }, ["gpt-4o", "gpt-6-sol"]],
  [{ q: "GPT-NEW" }, ["gpt-new"]],
  [{ endpoint: "/v1/moderations" }, ["gpt-4o", "omni-moderation-latest", "gpt-new"]],
  [{ state: ["unlisted"] }, ["gpt-new"]],
] as const)("shows with %j: %j", (over, ids) => {
  expect(shown(over as Partial<ModelPageState>).map(({ id }) => id)).toEqual(ids);
});

it("counts no list of a simulated provider beside one of the real one", () => {
  const [simulated] = page.listings;
  if (!simulated) throw new Error("There is a list.");
  const live = {
    ...simulated,
    tenant: "live",
    simulated: false,
    models: [{ id: "gpt-6-luna", shutdownOn: null }],
  };
  const lines = modelLines(openaiCatalog, { ...page, listings: [simulated, live] });
  const listedIn = (id: string) => lines.find((line) => line.id === id)?.listedIn;
  expect([listedIn("gpt-6-luna"), listedIn("gpt-6-sol"), listedIn("gpt-new")]).toEqual([
    ["eu"],
    [],
    undefined,
  ]);
});

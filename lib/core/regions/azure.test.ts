import { describe, expect, it } from "vitest";
import { recordedCatalog } from "../verdicts/golden/recorded-catalog.ts";
import { countryOfAzureRegion } from "./azure-place.ts";
import { classifyHost } from "./classify-host.ts";
import { isEntryOnly } from "./eligibility.ts";
import { hostOfRegion } from "./host-of-region.ts";
import { openaiCatalog } from "./openai-catalog.ts";

const catalog = recordedCatalog();

describe("a host of Azure that an admin recorded", () => {
  it.each([
    ["bank-se.openai.azure.com", "azure-se"],
    ["BANK-ZONE.openai.azure.com:443", "azure-eu-zone"],
    ["bank-global.openai.azure.com", "global"],
  ])("%s is custom, with the place that was recorded: %s", (host, region) => {
    expect(classifyHost(host, catalog, [])).toMatchObject({ class: "custom", region });
  });

  it("is unknown where nobody recorded it, and never official by its domain", () => {
    expect(classifyHost("other.openai.azure.com", catalog, [])).toMatchObject({
      class: "unknown",
      region: null,
    });
    expect(classifyHost("bank-se.openai.azure.com", openaiCatalog, [])).toMatchObject({ class: "unknown" });
  });

  it("means no place where no deployment was recorded with it", () => {
    const hosts = catalog.hosts.map((row) =>
      row.host.startsWith("bank-global") ? { ...row, azure: null } : row,
    );
    expect(classifyHost("bank-global.openai.azure.com", { ...catalog, hosts }, [])).toMatchObject({
      class: "custom",
      region: null,
    });
  });

  it("is never what a key for the global host is sent to", () => {
    expect(hostOfRegion("global", { ...catalog, hosts: catalog.hosts.toReversed() })).not.toContain("azure");
    expect(hostOfRegion("global", catalog)).toBe("api.openai.com");
  });
});

describe("countryOfAzureRegion", () => {
  it.each([
    ["Sweden Central", "SE"],
    ["swedencentral", "SE"],
    ["East US 2", "US"],
    ["UK South", "GB"],
    ["Switzerland North", "CH"],
    ["Atlantis Central", null],
    ["", null],
  ])("places %j in %s", (name, country) => {
    expect(countryOfAzureRegion(name)).toBe(country);
  });
});

it("private links are entry points, and no other host is", () => {
  const entries = openaiCatalog.hosts.filter(({ host }) => isEntryOnly(host, openaiCatalog));
  expect(entries.map(({ host }) => host)).toHaveLength(4);
  expect(entries.every(({ host }) => host.endsWith(".privatelink.api.openai.com"))).toBe(true);
});

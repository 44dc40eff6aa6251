import type { Catalog, HostRow, Stated } from "./catalog.ts";
import { type CatalogRow, type CatalogTable, catalogTables, celledTables, rowId } from "./catalog-tables.ts";
import { isCountryCode } from "./is-country-code.ts";
import { isHostName } from "./normalise-host.ts";

/** What is wrong, and where: `hosts.x.example.region`. */
export type CatalogProblem = { readonly path: string; readonly message: string };

/** What a form cannot say about a catalog: names that point nowhere, twice, or at whom they must not. */
export function catalogProblems(catalog: Catalog): CatalogProblem[] {
  return [
    ...repeatedRows(catalog),
    ...danglingSources(catalog),
    ...regionProblems(catalog),
    ...catalog.hosts.flatMap((row) => hostProblems(row, catalog)),
    ...danglingCells(catalog),
    ...danglingModels(catalog),
    ...lookalikeProblems(catalog),
    ...danglingAliases(catalog),
  ];
}

const at = (table: CatalogTable, id: string, ...rest: readonly string[]) => [table, id, ...rest].join(".");

function repeatedRows(catalog: Catalog): CatalogProblem[] {
  return catalogTables.flatMap((table) => {
    const ids = (catalog[table] as readonly CatalogRow[]).map((row) => rowId(table, row));
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    return twice.map((id) => ({ path: at(table, id), message: "There are two rows of this name." }));
  });
}

function danglingSources(catalog: Catalog): CatalogProblem[] {
  const sources = new Set(catalog.sources.map(({ id }) => id));
  return catalogTables.flatMap((table) =>
    (catalog[table] as readonly CatalogRow[]).flatMap((row) =>
      statementsIn(row, [table, rowId(table, row)])
        .filter(([, { sourceId }]) => table !== "sources" && !sources.has(sourceId))
        .map(([path, { sourceId }]) => ({
          path: `${path}.sourceId`,
          message: `There is no source ${sourceId === "" ? "named" : sourceId}.`,
        })),
    ),
  );
}

function statementsIn(value: unknown, path: readonly string[]): (readonly [string, Stated])[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "sourceId" in value ? [[path.join("."), value as unknown as Stated] as const] : [];
  const inner = Object.entries(value).flatMap(([name, member]) => statementsIn(member, [...path, name]));
  return [...own, ...inner];
}

function regionProblems(catalog: Catalog): CatalogProblem[] {
  const problems: CatalogProblem[] = [];
  if (!catalog.hosts.some(({ host, region }) => host === "api.openai.com" && region === null)) {
    problems.push({
      path: at("hosts", "api.openai.com"),
      message: "The global host must be listed, and without a region: it promises no place.",
    });
  }
  for (const { code, countries, hosts } of catalog.regions) {
    if (code === "global" || code === "policy" || code === "unknown" || code === "none")
      problems.push({ path: at("regions", code, "code"), message: "This word means something else." });
    const strange = countries.find((country) => !isCountryCode(country));
    if (strange !== undefined || countries.length === 0)
      problems.push({
        path: at("regions", code, "countries"),
        message:
          strange === undefined ? "A region has countries." : `${strange} is no country code of ISO 3166-1.`,
      });
    if (hosts.length === 0)
      problems.push({ path: at("regions", code, "hosts"), message: "A region has at least one host." });
    for (const host of hosts) {
      if (catalog.hosts.some((row) => row.host === host && row.region === code)) continue;
      problems.push({ path: at("regions", code, "hosts"), message: `${host} is no host of this region.` });
    }
  }
  return problems;
}

/**
 * trust: a name that gets in here may be sent a provider's key. So only names the provider can have given out do; any
 * other name is admitted as a custom host, in one tenant's policy, by two people.
 */
function hostProblems({ host, provider, region, azure }: HostRow, catalog: Catalog): CatalogProblem[] {
  const problem = (member: string, message: string) => [{ path: at("hosts", host, member), message }];
  if (!isHostName(host)) return problem("host", "A host is a plain name in lower case.");
  if (!domains[provider].some((domain) => host === domain || host.endsWith(`.${domain}`)))
    return problem(
      "host",
      `A host of ${providerNames[provider]} is under ${domains[provider].join(" or ")}. Any other name is admitted in a tenant's policy, as a custom host.`,
    );
  if (
    region !== null &&
    !catalog.regions.some(({ code, provider: of }) => code === region && of === provider)
  )
    return problem("region", `There is no region ${region} of ${providerNames[provider]}.`);
  if (provider === "azure") {
    if (azure === null) return problem("azure", "Say what the resource behind the name is deployed as.");
    if ((azure.sku === "global") !== (region === null))
      return problem("region", "A global deployment promises no place; every other one means a region.");
  } else if (azure !== null) return problem("azure", "Only hosts of Azure have an Azure deployment.");
  return [];
}

const domains = {
  openai: ["api.openai.com"],
  azure: [
    "openai.azure.com",
    "cognitiveservices.azure.com",
    "api.cognitive.microsoft.com",
    "services.ai.azure.com",
  ],
} as const;

const providerNames = { openai: "OpenAI", azure: "Azure" } as const;

function danglingCells(catalog: Catalog): CatalogProblem[] {
  const codes = new Set(catalog.regions.map(({ code }) => code));
  return celledTables.flatMap((table) =>
    catalog[table].flatMap((row) =>
      (["storage", "processing"] as const).flatMap((claim) =>
        Object.keys(row[claim])
          .filter((code) => !codes.has(code))
          .map((code) => ({
            path: at(table, rowId(table, row), claim, code),
            message: `There is no region ${code}.`,
          })),
      ),
    ),
  );
}

function danglingModels(catalog: Catalog): CatalogProblem[] {
  const models = new Set(catalog.models.map(({ id }) => id));
  const paths = new Set(catalog.endpoints.map(({ path }) => path));
  return [
    ...catalog.endpoints.flatMap(({ path, processingModels }) =>
      Object.entries(processingModels).flatMap(([region, list]) =>
        list
          .filter((model) => !models.has(model))
          .map((model) => ({
            path: at("endpoints", path, "processingModels", region),
            message: `There is no model ${model}.`,
          })),
      ),
    ),
    ...catalog.features.flatMap(({ id, usedByModels }) =>
      usedByModels
        .filter((model) => !models.has(model))
        .map((model) => ({
          path: at("features", id, "usedByModels"),
          message: `There is no model ${model}.`,
        })),
    ),
    ...catalog.models.flatMap(({ id, endpoints }) =>
      endpoints
        .filter((path) => !paths.has(path))
        .map((path) => ({ path: at("models", id, "endpoints"), message: `There is no endpoint ${path}.` })),
    ),
  ];
}

function lookalikeProblems({ lookalikes, hosts }: Catalog): CatalogProblem[] {
  return lookalikes.flatMap(({ host, rightHost }) => {
    if (hosts.some((row) => row.host === host))
      return [{ path: at("lookalikes", host), message: "This host is documented; it imitates nobody." }];
    if (!hosts.some((row) => row.host === rightHost))
      return [
        { path: at("lookalikes", host, "rightHost"), message: `${rightHost} is no host of the catalog.` },
      ];
    return [];
  });
}

function danglingAliases({ aliases, models }: Catalog): CatalogProblem[] {
  return aliases
    .filter(({ model }) => !models.some(({ id }) => id === model))
    .map(({ alias, model }) => ({
      path: at("aliases", alias, "model"),
      message: `There is no model ${model}.`,
    }));
}

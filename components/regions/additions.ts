import type {
  AzureSku,
  Catalog,
  Cell,
  CellState,
  RegionRow,
  Stated,
  Transport,
} from "../../lib/core/regions/catalog.ts";
import { catalogProblems } from "../../lib/core/regions/check-catalog.ts";
import { type CatalogEdit, editCatalog } from "../../lib/core/regions/edit-catalog.ts";
import { normaliseHost } from "../../lib/core/regions/normalise-host.ts";

export const addKinds = [
  { id: "azure", title: "Azure deployment" },
  { id: "region", title: "Region of OpenAI" },
  { id: "host", title: "Host of OpenAI" },
  { id: "model", title: "Model" },
  { id: "alias", title: "Undated name" },
  { id: "source", title: "Source" },
] as const;

export type AddKind = (typeof addKinds)[number]["id"];

type Basis = {
  readonly catalog: Catalog;
  readonly stated: Stated;
  readonly today: string;
  readonly person: string;
};

/** The edits a filled form stands for, or the sentence that says what is wrong with it. */
export function readAddition(kind: AddKind, form: FormData, basis: Basis): readonly CatalogEdit[] | string {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const edits = additionOf(kind, text, basis);
  if (typeof edits === "string") return edits;
  const known = new Set(catalogProblems(basis.catalog).map(({ path }) => path));
  const [problem] = catalogProblems(editCatalog(basis.catalog, edits)).filter(({ path }) => !known.has(path));
  return problem === undefined ? edits : problem.message;
}

type Text = (name: string) => string;

function additionOf(kind: AddKind, text: Text, basis: Basis): readonly CatalogEdit[] | string {
  switch (kind) {
    case "azure":
      return azure(text, basis);
    case "region":
      return region(text, basis);
    case "host":
      return host(text, basis);
    case "model":
      return model(text, basis);
    case "alias":
      return alias(text, basis);
    case "source":
      return source(text, basis);
  }
}

function azure(text: Text, basis: Basis): readonly CatalogEdit[] | string {
  const name = normaliseHost(text("host"));
  const sku = text("sku") as AzureSku;
  const azureRegion = text("azureRegion");
  if (name === "") return "Name the host.";
  if (azureRegion === "") return "Say which Azure region the resource stands in.";
  if (isListed(name, basis.catalog)) return `${name} is already in the catalog.`;
  const countries = countriesOf(text("countries"));
  if (sku !== "global" && countries.length === 0) return "Say which countries it is confined to.";
  const word = azureRegion
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 24);
  const code =
    sku === "global"
      ? null
      : `az-${sku === "regional" ? word : `zone-${countries.join("").toLowerCase().slice(0, 20)}`}`;
  const known = basis.catalog.regions.find((row) => row.code === code);
  if (known && [...known.countries].sort().join() !== [...countries].sort().join())
    return `The region ${known.name} is in the catalog with other countries: ${known.countries.join(", ")}.`;
  const put: CatalogEdit = {
    kind: "put",
    table: "hosts",
    row: {
      host: name,
      provider: "azure",
      region: code,
      transport: "public",
      azure: { sku, azureRegion, attestedBy: basis.person },
      note: "",
      ...basis.stated,
    },
  };
  if (code === null) return [put];
  const title = sku === "regional" ? `Azure ${azureRegion}` : `Azure data zone of ${azureRegion}`;
  const row: RegionRow = known
    ? { ...known, hosts: [...known.hosts, name] }
    : {
        ...emptyRegion(basis.stated),
        code,
        provider: "azure",
        name: title,
        countries,
        hosts: [name],
        storage: cell("yes", basis.stated),
        processing: cell("yes", basis.stated),
      };
  return [{ kind: "put", table: "regions", row }, put];
}

function region(text: Text, basis: Basis): readonly CatalogEdit[] | string {
  const code = text("code").toLowerCase();
  const name = normaliseHost(text("host"));
  const countries = countriesOf(text("countries"));
  if (!/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(code))
    return "Give the region a code of lower-case letters.";
  if (text("name") === "" || name === "") return "Give the region a name and a host.";
  if (countries.length === 0) return "Name the member countries.";
  if (basis.catalog.regions.some((row) => row.code === code)) return `There is a region ${code} already.`;
  if (isListed(name, basis.catalog)) return `${name} is already in the catalog.`;
  const state = (which: string) => cell(text(which) as CellState, basis.stated);
  return [
    {
      kind: "put",
      table: "regions",
      row: {
        ...emptyRegion(basis.stated),
        code,
        provider: "openai",
        name: text("name"),
        countries,
        hosts: [name],
        storage: state("storage"),
        processing: state("processing"),
      },
    },
    {
      kind: "put",
      table: "hosts",
      row: {
        host: name,
        provider: "openai",
        region: code,
        transport: "public",
        azure: null,
        note: "",
        ...basis.stated,
      },
    },
  ];
}

function host(text: Text, basis: Basis): readonly CatalogEdit[] | string {
  const name = normaliseHost(text("host"));
  if (name === "") return "Name the host.";
  if (isListed(name, basis.catalog)) return `${name} is already in the catalog.`;
  const code = text("region") || null;
  const owner = basis.catalog.regions.find((row) => row.code === code);
  const transport = text("transport") as Transport;
  return [
    ...(owner
      ? [{ kind: "put", table: "regions", row: { ...owner, hosts: [...owner.hosts, name] } } as const]
      : []),
    {
      kind: "put",
      table: "hosts",
      row: {
        host: name,
        provider: "openai",
        region: code,
        transport,
        azure: null,
        note: "",
        ...basis.stated,
      },
    },
  ];
}

function model(text: Text, basis: Basis): readonly CatalogEdit[] | string {
  const id = text("id");
  if (!/^[\x21-\x7e]{1,160}$/.test(id)) return "Name the model as the provider does.";
  if (basis.catalog.models.some((row) => row.id === id)) return `${id} is already in the catalog.`;
  const endpoints = text("endpoints")
    .split(/[\s,]+/)
    .filter(Boolean);
  const cells = Object.fromEntries(
    basis.catalog.regions.map(({ code }) => [code, cell("unknown", basis.stated)]),
  );
  return [
    {
      kind: "put",
      table: "models",
      row: {
        id,
        endpoints,
        storage: cells,
        processing: cells,
        excludedTiers: {},
        shutdown: null,
        uplift: cell("unknown", basis.stated),
        note: "",
      },
    },
  ];
}

function alias(text: Text, { catalog, stated }: Basis): readonly CatalogEdit[] | string {
  const name = text("alias");
  const snapshot = text("model");
  if (!/^[\x21-\x7e]{1,160}$/.test(name)) return "Name the undated name as requests say it.";
  if (catalog.models.some(({ id }) => id === name)) return `${name} has a row of its own.`;
  if (catalog.aliases.some((row) => row.alias === name)) return `${name} is already in the catalog.`;
  const { sourceId, asOf } = stated;
  return [{ kind: "put", table: "aliases", row: { alias: name, model: snapshot, sourceId, asOf } }];
}

function source(text: Text, { catalog, today }: Basis): readonly CatalogEdit[] | string {
  const title = text("title");
  const url = text("url") || null;
  if (title === "") return "Give the source a title.";
  if (url !== null && !/^https?:\/\/\S+$/.test(url)) return "The address begins with https://.";
  const word =
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 40) || "source";
  const taken = (id: string) => catalog.sources.some((row) => row.id === id);
  let id = word;
  for (let at = 2; taken(id); at += 1) id = `${word}-${at}`;
  return [{ kind: "put", table: "sources", row: { id, title, url, readOn: today } }];
}

function countriesOf(text: string): string[] {
  return [
    ...new Set(
      text
        .toUpperCase()
        .split(/[^A-Z]+/)
        .filter(Boolean),
    ),
  ];
}

function isListed(name: string, { hosts }: Catalog): boolean {
  return hosts.some((row) => row.host === name);
}

function cell(state: CellState, stated: Stated): Cell {
  return { state, ...stated };
}

/** A region of which nothing is claimed but what the form says. */
function emptyRegion(stated: Stated) {
  return {
    hasStorageOnlyProjects: false,
    scopeKnown: false,
    regionalTls: false,
    priceUpliftPercent: 0,
    sdkOption: null,
    projectResidencies: [],
    retentionControl: cell("unknown", stated),
    announcedOn: null,
    stated,
    note: "",
  } as const;
}

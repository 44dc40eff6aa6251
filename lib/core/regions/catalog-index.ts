import type {
  Catalog,
  EndpointRow,
  FeatureRow,
  HostRow,
  ModelRow,
  RegionCode,
  RegionRow,
} from "./catalog.ts";

export type CatalogIndex = {
  readonly hosts: ReadonlyMap<string, HostRow>;
  readonly regions: ReadonlyMap<RegionCode, RegionRow>;
  readonly endpoints: ReadonlyMap<string, EndpointRow>;
  readonly features: ReadonlyMap<string, FeatureRow>;
  readonly models: ReadonlyMap<string, ModelRow>;
  /** Names of which a dated snapshot is listed. */
  readonly stems: ReadonlySet<string>;
  /** Listed model that a name is recorded to stand for. */
  readonly aliases: ReadonlyMap<string, ModelRow>;
  /** Endpoints that run models of the list. */
  readonly modelEndpoints: ReadonlySet<string>;
};

const known = new WeakMap<Catalog, CatalogIndex>();

/** The catalog's rows by their keys. A catalog never changes, so they are put together once. */
export function indexOf(catalog: Catalog): CatalogIndex {
  const found = known.get(catalog);
  if (found !== undefined) return found;
  const index = build(catalog);
  known.set(catalog, index);
  return index;
}

/** The date of a snapshot's name: `-2024-08-06` of `gpt-4o-2024-08-06`, `-0613` of `gpt-4-0613`. */
const date = /-\d{4}(?:-\d{2}-\d{2})?$/;

function build(catalog: Catalog): CatalogIndex {
  const models = byKey(catalog.models, ({ id }) => id);
  const aliases = new Map<string, ModelRow>();
  for (const { alias, model } of catalog.aliases ?? []) {
    const row = models.get(model);
    if (row !== undefined && !aliases.has(alias)) aliases.set(alias, row);
  }
  return {
    hosts: byKey(catalog.hosts, ({ host }) => host),
    regions: byKey(catalog.regions, ({ code }) => code),
    endpoints: byKey(catalog.endpoints, ({ path }) => path),
    features: byKey(catalog.features, ({ id }) => id),
    models,
    stems: new Set(catalog.models.flatMap(({ id }) => (date.test(id) ? [id.replace(date, "")] : []))),
    aliases,
    modelEndpoints: new Set(catalog.models.flatMap(({ endpoints }) => endpoints)),
  };
}

/** The first row of a key counts. */
function byKey<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row> {
  const map = new Map<string, Row>();
  for (const row of rows) if (!map.has(keyOf(row))) map.set(keyOf(row), row);
  return map;
}

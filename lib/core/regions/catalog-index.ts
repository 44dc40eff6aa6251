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
  /** Listed snapshots of a name without their date. */
  readonly snapshots: ReadonlyMap<string, readonly ModelRow[]>;
  /** Listed model that a name is recorded to stand for. */
  readonly aliases: ReadonlyMap<string, ModelRow>;
  /** Features that a listed model uses whether or not it is asked to. */
  readonly featuresOfModels: ReadonlyMap<string, readonly FeatureRow[]>;
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
    snapshots: snapshotsByStem(catalog.models),
    aliases,
    featuresOfModels: featuresByModel(catalog.features),
    modelEndpoints: new Set(catalog.models.flatMap(({ endpoints }) => endpoints)),
  };
}

function snapshotsByStem(models: readonly ModelRow[]): Map<string, ModelRow[]> {
  const found = new Map<string, ModelRow[]>();
  for (const row of models) {
    if (!date.test(row.id)) continue;
    const stem = row.id.replace(date, "");
    found.set(stem, [...(found.get(stem) ?? []), row]);
  }
  return found;
}

function featuresByModel(features: readonly FeatureRow[]): Map<string, FeatureRow[]> {
  const found = new Map<string, FeatureRow[]>();
  for (const row of features)
    for (const model of row.usedByModels ?? []) found.set(model, [...(found.get(model) ?? []), row]);
  return found;
}

/** The first row of a key counts. */
function byKey<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row> {
  const map = new Map<string, Row>();
  for (const row of rows) if (!map.has(keyOf(row))) map.set(keyOf(row), row);
  return map;
}

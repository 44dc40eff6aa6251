import type { Catalog, Cell, CellState, RegionRow } from "./catalog.ts";
import { indexOf } from "./catalog-index.ts";
import { celledTables } from "./catalog-tables.ts";
import type { CatalogChange } from "./compare-catalogs.ts";
import { readModelName } from "./eligibility.ts";

/**
 * What a difference between two catalogs does to the calls that policies judge by them. `widens`: under some policy a host
 * can be reached, or a call be sent or cleared, that was not. `tightens`: the opposite. `alters`: neither; sources, dates,
 * words.
 */
export type ChangeEffect = "widens" | "tightens" | "alters";

/**
 * The effect under any policy that can be written, not under those in force: a policy of tomorrow is saved against the
 * catalog of today, and a tenant's first one by one person. Where the effect hangs on the policy, it widens.
 */
export function changeEffect(change: CatalogChange, before: Catalog, after: Catalog): ChangeEffect {
  const [member] = change.path;
  if (member === undefined) return rowEffect(change, before, after);
  if (isCelled(change.table) && (member === "storage" || member === "processing"))
    return cellEffect(change, member);
  switch (change.table) {
    case "regions":
      return regionEffect(change, member);
    case "hosts":
      return hostMembers.has(member) && change.path[1] !== "attestedBy" ? "widens" : "alters";
    case "endpoints":
      return endpointEffect(change, member);
    case "features":
      return featureEffect(change, member);
    case "models":
      return modelEffect(change, member, after);
    case "aliases":
      return member === "model" ? "widens" : "alters";
    case "lookalikes":
    case "sources":
      return "alters";
  }
}

/** Members of a host by which it is classified, placed and judged. */
const hostMembers: ReadonlySet<string> = new Set(["provider", "region", "transport", "azure"]);

function rowEffect(
  { table, id, after: added }: CatalogChange,
  before: Catalog,
  after: Catalog,
): ChangeEffect {
  const isAdded = added !== undefined;
  switch (table) {
    case "sources":
      return "alters";
    case "lookalikes":
      return isAdded ? "tightens" : "widens";
    case "regions":
    case "hosts":
      return isAdded ? "widens" : "tightens";
    // What a row says no to, doubt says of a row that is gone; and doubt is sent where a policy sends it.
    case "endpoints":
    case "features":
      return "widens";
    case "models":
      return isAdded || !isGoneForGood(id, before, after) ? "widens" : "tightens";
    case "aliases":
      return isAdded || readModelName(id, after).kind !== "unlisted" ? "widens" : "tightens";
  }
}

/** Whether a model's name means nothing any more, and its endpoints still ask which models they take. */
function isGoneForGood(id: string, before: Catalog, after: Catalog): boolean {
  const endpoints = indexOf(before).models.get(id)?.endpoints ?? [];
  return readModelName(id, after).kind === "unlisted" && stillAsked(endpoints, after);
}

function stillAsked(endpoints: readonly string[], after: Catalog): boolean {
  return endpoints.every((path) => indexOf(after).modelEndpoints.has(path));
}

const isCelled = (table: CatalogChange["table"]): boolean =>
  (celledTables as readonly string[]).includes(table);

/** `no` and `unlisted` stop or condemn, `unknown` leaves doubt, `yes` clears. */
const ranks: Readonly<Record<CellState, number>> = { no: 0, unlisted: 0, unknown: 1, yes: 2 };

/** A cell that is not there leaves doubt; of what a feature stores, its endpoint's cell speaks alone. */
function cellEffect(
  { table, path, before, after }: CatalogChange,
  member: "storage" | "processing",
): ChangeEffect {
  if (path.length === 1) return "widens";
  const absent = table === "features" && member === "storage" ? ranks.yes : ranks.unknown;
  const rank = (cell: unknown) => (cell === undefined ? absent : ranks[(cell as Cell).state]);
  return byRank(rank(before), rank(after));
}

function byRank(before: number, after: number): ChangeEffect {
  if (before === after) return "alters";
  return after > before ? "widens" : "tightens";
}

function regionEffect({ before, after }: CatalogChange, member: string): ChangeEffect {
  switch (member as keyof RegionRow) {
    // Fewer countries let more policies send there; more of them take in more deployments and more edges.
    case "countries":
      return listEffect(before, after, { more: "widens" }) === "alters" ? "alters" : "widens";
    // With it the end of TLS can be cleared, without it no edge elsewhere is an anomaly.
    case "regionalTls":
    case "provider":
      return "widens";
    case "hosts":
    case "projectResidencies":
      return listEffect(before, after, { more: "widens" });
    case "storage":
      return byRank(ranks[(before as Cell).state], ranks[(after as Cell).state]);
    case "processing":
      return byRank(regionRanks[(before as Cell).state], regionRanks[(after as Cell).state]);
    case "hasStorageOnlyProjects":
      return after === true ? "tightens" : "widens";
    default:
      return "alters";
  }
}

/** Only `no` makes a region one of storage alone; whatever else is said, the endpoints' cells decide. */
const regionRanks: Readonly<Record<CellState, number>> = { no: 0, unlisted: 1, unknown: 1, yes: 2 };

const storeRanks: Readonly<Record<string, number>> = { yes: 0, unknown: 0, conditional: 1, no: 2 };

function endpointEffect({ path, before, after }: CatalogChange, member: string): ChangeEffect {
  switch (member) {
    case "processes":
      return "widens";
    case "storesState":
      return byRank(storeRanks[String(before)] ?? 0, storeRanks[String(after)] ?? 0);
    case "processingModels":
      // Without a list every model of the endpoint is taken.
      if (path.length === 1 || after === undefined) return "widens";
      return before === undefined ? "tightens" : listEffect(before, after, { more: "widens" });
    default:
      return "alters";
  }
}

function featureEffect({ before, after }: CatalogChange, member: string): ChangeEffect {
  switch (member) {
    case "processes":
      return "widens";
    case "thirdParty":
    case "usedWhenRequested":
      return after === true ? "tightens" : "widens";
    case "usedByModels":
      return listEffect(before, after, { more: "tightens" });
    default:
      return "alters";
  }
}

function modelEffect({ before, after: is }: CatalogChange, member: string, after: Catalog): ChangeEffect {
  switch (member) {
    case "endpoints": {
      const effect = listEffect(before, is, { more: "widens" });
      return stillAsked(listOf(before), after) ? effect : "widens";
    }
    case "excludedTiers":
      return listEffect(before, is, { more: "tightens" });
    default:
      return "alters";
  }
}

/** Of a list of which more of it means `more`: what came in, what went, or only another order. */
function listEffect(
  before: unknown,
  after: unknown,
  { more }: { readonly more: "widens" | "tightens" },
): ChangeEffect {
  const [was, is] = [listOf(before), listOf(after)];
  const grew = is.some((each) => !was.includes(each));
  const shrank = was.some((each) => !is.includes(each));
  const less = more === "widens" ? "tightens" : "widens";
  if (grew && shrank) return "widens";
  return grew ? more : shrank ? less : "alters";
}

/** An absent list is empty; so is what is no list, as `excludedTiers` where the whole record came or went. */
function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

import type { KeptCatalog } from "../core/regions/complete-catalog.ts";
import { executeSql, type PrismaTransaction, querySql } from "./with-tenant.ts";

export type CatalogOrigin = "shipped" | "edited" | "imported" | "edition";

/** What is known of a version beside its cells. */
export type CatalogVersionRow = {
  readonly version: number;
  readonly sha256: string;
  readonly origin: CatalogOrigin;
  readonly edition: number;
  readonly basedOn: number | null;
  readonly reason: string;
  readonly publishedBy: string;
  readonly publishedAt: Date;
  /** Who approved what widens in it; null where nothing does. */
  readonly approvedBy: string | null;
};

const columns = `version, sha256, origin, edition, based_on AS "basedOn", reason, published_by AS "publishedBy",
  adopted_at AS "publishedAt", approved_by AS "approvedBy"`;

export type KeptVersion = { readonly body: KeptCatalog; readonly sha256: string };

/** Read by catalogOf: a catalog that calls were judged by. */
export async function findCatalog(version: number): Promise<KeptVersion | null> {
  const [row] = await querySql<KeptVersion>("SELECT body, sha256 FROM catalog_version WHERE version = $1", [
    version,
  ]);
  return row ?? null;
}

/** Read by currentCatalog, for every call's configuration and every page: which version is in force. */
export async function newestVersion(): Promise<CatalogVersionRow | null> {
  const [row] = await querySql<CatalogVersionRow>(
    `SELECT ${columns} FROM catalog_version ORDER BY version DESC LIMIT 1`,
  );
  return row ?? null;
}

/** Read by getCatalogVersion: what is known of one version, however old. */
export async function catalogVersion(version: number): Promise<CatalogVersionRow | null> {
  const [row] = await querySql<CatalogVersionRow>(
    `SELECT ${columns} FROM catalog_version WHERE version = $1`,
    [version],
  );
  return row ?? null;
}

/** Read by listCatalogVersions. */
export async function catalogVersions(limit: number): Promise<CatalogVersionRow[]> {
  return querySql<CatalogVersionRow>(
    `SELECT ${columns} FROM catalog_version ORDER BY version DESC LIMIT $1`,
    [limit],
  );
}

/** Read by stateCatalogs: who published these versions, and why. */
export async function catalogVersionRows(versions: readonly number[]): Promise<CatalogVersionRow[]> {
  return querySql<CatalogVersionRow>(
    `SELECT ${columns} FROM catalog_version WHERE version = ANY($1::int[]) ORDER BY version`,
    [versions],
  );
}

/** Read by catalogsInForce: when which version was published, oldest first. */
export async function catalogPublications(): Promise<Pick<CatalogVersionRow, "version" | "publishedAt">[]> {
  return querySql(`SELECT version, adopted_at AS "publishedAt" FROM catalog_version ORDER BY version`);
}

export type NewVersion = Omit<CatalogVersionRow, "publishedAt"> & {
  readonly asOf: string;
  /** Canonical JSON. */
  readonly body: string;
  readonly publishedById: string | null;
  readonly publishedAt: Date;
  readonly proposalId: string | null;
};

/** Read by everything that reads a catalog: a publication. A number that is taken throws a unique violation. */
export async function insertVersion(tx: PrismaTransaction, version: NewVersion): Promise<void> {
  const { body, asOf, publishedAt, ...row } = version;
  await tx.catalogVersion.createMany({
    data: [{ ...row, asOf: new Date(asOf), body: JSON.parse(body), adoptedAt: publishedAt }],
  });
}

/** Read by adoptCatalog: the first version of a new deployment; nothing where there is one already. */
export async function keepFirstVersion(first: {
  asOf: string;
  sha256: string;
  edition: number;
  body: string;
}): Promise<void> {
  await executeSql(
    `INSERT INTO catalog_version (version, as_of, sha256, body, edition)
     SELECT 1, $1::date, $2, $3::jsonb, $4 WHERE NOT EXISTS (SELECT 1 FROM catalog_version)
         ON CONFLICT (version) DO NOTHING`,
    [first.asOf, first.sha256, first.body, first.edition],
  );
}

/** Read by adoptCatalog: what is kept under the edition's number, after this program's own is there. */
export async function keepEdition(edition: {
  edition: number;
  sha256: string;
  body: string;
}): Promise<string> {
  await executeSql(
    `INSERT INTO catalog_edition (edition, sha256, body) VALUES ($1, $2, $3::jsonb) ON CONFLICT (edition) DO NOTHING`,
    [edition.edition, edition.sha256, edition.body],
  );
  const [row] = await querySql<{ sha256: string }>("SELECT sha256 FROM catalog_edition WHERE edition = $1", [
    edition.edition,
  ]);
  if (!row) throw new Error("The shipped catalog was not kept.");
  return row.sha256;
}

/** Read by readDraft: the shipped table a version stands on. */
export async function findEdition(edition: number): Promise<KeptCatalog | null> {
  const [row] = await querySql<{ body: KeptCatalog }>("SELECT body FROM catalog_edition WHERE edition = $1", [
    edition,
  ]);
  return row?.body ?? null;
}

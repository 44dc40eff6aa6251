import type { CatalogDraft, CatalogVersionSummary } from "../../contracts/catalog.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { catalogProblems } from "../../core/regions/check-catalog.ts";
import { type CatalogOrigin, insertVersion } from "../../db/catalog-version.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import type { Change } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { canonicalJson, sha256Hex } from "../secrets/canonical-json.ts";
import { catalogVersionSummary } from "./catalog-version-summary.ts";
import { currentVersion } from "./current-catalog.ts";
import { regionsInUse } from "./regions-in-use.ts";

export type CatalogToAdd = {
  readonly proposed: Catalog;
  readonly basedOn: number;
  readonly origin: CatalogOrigin;
  readonly reason: string;
  readonly publishedBy: string;
  readonly publishedById: string | null;
  readonly at: Date;
  readonly proposalId: string | null;
  readonly approvedBy: string | null;
};

/** Writes the next version: what the next call is judged by. The answer is what its event says of it. */
export async function addCatalogVersion(
  tx: PrismaTransaction,
  { proposed, basedOn, origin, reason, publishedBy, publishedById, at, proposalId, approvedBy }: CatalogToAdd,
): Promise<Change<CatalogVersionSummary>> {
  const catalog = nextCatalog(proposed, basedOn, at);
  const body = canonicalJson(catalog);
  const row = {
    version: catalog.version,
    sha256: sha256Hex(body),
    origin,
    edition: catalog.edition,
    basedOn,
    reason,
    publishedBy,
    publishedAt: at,
    approvedBy,
  };
  await insertVersion(tx, { ...row, asOf: catalog.asOf, body, publishedById, proposalId });
  const { version, sha256, edition } = row;
  return {
    output: catalogVersionSummary(row),
    subject: String(version),
    detail: { version, sha256, basedOn, origin, edition, reason },
  };
}

/** The catalog under the number and day that it has as the next version. */
export function nextCatalog(proposed: Catalog, basedOn: number, at: Date): Catalog {
  return { ...proposed, version: basedOn + 1, asOf: at.toISOString().slice(0, 10) };
}

/** Refuses a draft or a proposal that another publication has overtaken. */
export async function demandNewestCatalog(basedOn: number): Promise<void> {
  const newest = await currentVersion();
  if (newest.version !== basedOn) throw overtaken(newest.version);
}

/** Refuses a catalog that holds together badly, or lacks a region that a tenant's policy sends calls to. */
export async function demandSound(current: Catalog, proposed: Catalog, at: Date): Promise<void> {
  const problems = [
    ...catalogProblems(proposed),
    ...(await regionsInUse(current, proposed, { at, names: true })),
  ];
  if (problems.length === 0) return;
  throw new Refusal("invalid_input", "This catalog cannot be published.", {
    fields: problems.slice(0, 100).map(({ path, message }) => ({ field: path, message })),
  });
}

export const origins = {
  edits: "edited",
  import: "imported",
  edition: "edition",
} as const satisfies Readonly<Record<CatalogDraft["kind"], CatalogOrigin>>;

export function overtaken(version: number, cause?: unknown): Refusal {
  return new Refusal(
    "conflict",
    `Version ${version} was published meanwhile. Look at what it changed, and make your changes to it.`,
    { cause },
  );
}

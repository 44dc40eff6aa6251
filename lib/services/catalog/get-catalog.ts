import type {
  CatalogDraft,
  CatalogPage,
  CatalogPreview,
  CatalogVersionDetail,
  CatalogVersionSummary,
} from "../../contracts/catalog.ts";
import { dayMs } from "../../core/calendar.ts";
import { catalogProblems } from "../../core/regions/check-catalog.ts";
import { confirmAgainDays, rowsDue } from "../../core/regions/confirmations.ts";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { catalogVersion, catalogVersions } from "../../db/catalog-version.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { Refusal } from "../refusal.ts";
import { catalogEffect } from "./catalog-effect.ts";
import { catalogVersionSummary } from "./catalog-version-summary.ts";
import { confirmedCatalog } from "./confirmed-catalog.ts";
import { currentVersion } from "./current-catalog.ts";
import { reachFor } from "./list-proposals.ts";
import { changesBetween, readDraft } from "./read-draft.ts";
import { regionsInUse } from "./regions-in-use.ts";

const versionsMax = 200;

/** The catalog in force, with who confirmed what and what is due. The same for every person: it is about the provider. */
export async function getCatalog(actor: Actor, now = new Date()): Promise<CatalogPage> {
  personOf(actor);
  const newest = await currentVersion();
  const catalog = await confirmedCatalog(await catalogOf(newest.version));
  const oldest = new Date(now.getTime() - confirmAgainDays * dayMs).toISOString().slice(0, 10);
  const isNewer = openaiCatalog.edition > catalog.edition;
  return {
    ...catalogVersionSummary(newest),
    catalog,
    due: rowsDue(catalog, oldest),
    offer: isNewer ? { edition: openaiCatalog.edition, asOf: openaiCatalog.asOf } : null,
  };
}

/** Newest first. */
export async function listCatalogVersions(actor: Actor): Promise<CatalogVersionSummary[]> {
  personOf(actor);
  return (await catalogVersions(versionsMax)).map(catalogVersionSummary);
}

/** One version, with what it changed against the one before. */
export async function getCatalogVersion(actor: Actor, version: number): Promise<CatalogVersionDetail> {
  personOf(actor);
  // trust: it may be any number, and the store's has four bytes.
  const row = (version | 0) === version ? await catalogVersion(version) : null;
  if (!row) throw new Refusal("not_found", "There is no such version of the catalog.");
  const changes =
    row.basedOn === null ? [] : changesBetween(await catalogOf(row.basedOn), await catalogOf(version));
  return { ...catalogVersionSummary(row), changes };
}

/** What a draft would change, before anybody gives a reason. */
export async function previewCatalog(
  actor: Actor,
  draft: CatalogDraft,
  now = new Date(),
): Promise<CatalogPreview> {
  const { deploymentAdmin } = personOf(actor);
  const newest = await currentVersion();
  const current = await confirmedCatalog(await catalogOf(newest.version));
  const { proposed, conflicts } = await readDraft(draft, current);
  const effect = await catalogEffect(current, proposed, now);
  return {
    basedOn: newest.version,
    changes: effect.changes,
    problems: [
      ...catalogProblems(proposed),
      ...(await regionsInUse(current, proposed, { at: now, names: false })),
    ],
    conflicts: conflicts.map(({ table, id, path }) => [table, id, ...path].join(" ")),
    reach: reachFor(deploymentAdmin, effect),
    widens: effect.widens,
  };
}

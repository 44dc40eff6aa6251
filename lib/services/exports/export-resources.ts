import type { ResourceExportSearch } from "../../contracts/exports.ts";
import type { ResourceItem } from "../../contracts/resources.ts";
import {
  listResourceRows,
  type ResourcePosition,
  type ResourceQuestion,
  type ResourceRow,
} from "../../db/resource.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { readPlaces } from "../resources/places.ts";
import { type ItemContext, resourceItem } from "../resources/resource-item.ts";
import { resourceQuestion } from "../resources/resource-question.ts";
import { type ExportFile, linesOf } from "./export-file.ts";
import { fileName, filterWords, noteExport } from "./note-export.ts";

const pageRows = 1_000;

const columns = [
  "tenant",
  "kind",
  "id",
  "bornRegion",
  "bornHost",
  "bornGrade",
  "bornAt",
  "bornByCall",
  "isElsewhere",
  "application",
  "madeBy",
  "status",
  "statusAt",
  "bytes",
  "firstSeenAt",
  "lastUsedAt",
  "uses",
  "expiresAt",
  "retentionDays",
  "shutdownOn",
  "deletedAt",
  "askedAt",
  "askProblem",
  "simulated",
] as const;

/**
 * The objects that match, as a file, the newest first. Their order never changes; one that a call makes, deletes or moves
 * meanwhile is told as it stands when its page is read, so how many there will be is not said before.
 */
export async function exportResources(
  actor: Actor,
  search: ResourceExportSearch,
  now: Date = new Date(),
): Promise<ExportFile> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const catalog = await currentCatalog();
  const places = await readPlaces(tenantIds, catalog, now);
  const { question, applications } = await readTenantsSql(tenantIds, (sql) =>
    resourceQuestion(sql, { tenantIds, search, places, catalog, now }),
  );
  const name = fileName("resources", search, now);
  await noteExport(actor, tenants, {
    what: "resources",
    object: name,
    filter: filterWords(search, ["state", "elsewhere", "kind", "born", "application"], null),
    rows: () => null,
  });
  const pages = pagesOf(question, { slugs, applications, catalog, places });
  return { name, format: search.format, rows: null, lines: linesOf(search.format, columns, pages) };
}

async function* pagesOf(question: Omit<ResourceQuestion, "below" | "limit">, context: ItemContext) {
  let below: ResourcePosition | null = null;
  for (;;) {
    const at: ResourcePosition | null = below;
    const rows: ResourceRow[] = await readTenantsSql(question.tenantIds, (sql) =>
      listResourceRows(sql, { ...question, below: at, limit: pageRows }),
    );
    const last = rows.at(-1);
    if (last) yield rows.map((row) => exportedResource(resourceItem(row, context)));
    if (!last || rows.length < pageRows) return;
    below = last;
  }
}

function exportedResource({ birth, retention, shutdown, asked, ...item }: ResourceItem) {
  const { isUnsettled: _u, isWanted: _w, canAsk: _c, ...told } = item;
  return {
    ...told,
    bornRegion: birth?.region ?? null,
    bornHost: birth?.host ?? null,
    bornGrade: birth?.grade ?? null,
    bornAt: birth?.at ?? null,
    bornByCall: birth?.callId ?? null,
    retentionDays: retention?.days ?? null,
    shutdownOn: shutdown.kind === "announced" ? shutdown.on : null,
    askedAt: asked?.at ?? null,
    askProblem: asked?.problem ?? null,
  };
}

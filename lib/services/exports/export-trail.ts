import type { TrailExportSearch } from "../../contracts/exports.ts";
import type { TrailEvent } from "../../contracts/trail.ts";
import { systemLogId } from "../../core/ledger/system-log.ts";
import { listEpochs } from "../../db/ledger-page.ts";
import { membershipsOfTenant } from "../../db/membership.ts";
import {
  expiredBelow,
  listTrailRows,
  type TrailPosition,
  type TrailQuery,
  type TrailRow,
} from "../../db/trail.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type TrailContext, trailEvent } from "../trail/trail-event.ts";
import { type ExportFile, linesOf } from "./export-file.ts";
import { fileName, filterWords, noteExport } from "./note-export.ts";

const pageRows = 500;

const columns = [
  "at",
  "tenant",
  "actor",
  "actorId",
  "actorName",
  "kind",
  "subject",
  "detail",
  "log",
  "index",
  "expired",
  "id",
] as const;

/**
 * The trail of a tenant as it is listed, as a file, the newest event first, each with its place: the log's origin and the index
 * in it, under which a pack of that log has the entry. Events are never changed; what is recorded after it was asked
 * for, the event of the export itself among it, is not in it. How many there are is not said before.
 */
export async function exportTrail(
  actor: Actor,
  search: TrailExportSearch,
  now: Date = new Date(),
): Promise<ExportFile> {
  const found = await tenantFor(actor, "trail:read", search.tenant);
  const { tenantId, slug } = found;
  const members = await membershipsOfTenant(tenantId);
  const asked = search.to === undefined ? now : new Date(search.to);
  const from = search.from === undefined ? null : new Date(search.from);
  const to = asked > now ? now : asked;
  const name = fileName("trail", { ...search, tenant: slug }, now);
  await noteExport(actor, [found], {
    what: "trail",
    object: name,
    filter: [
      `${from?.toISOString() ?? "the beginning"} to ${to.toISOString()}`,
      filterWords(
        { group: search.group === "all" ? [] : search.group, who: search.who ?? [] },
        ["group", "who"],
        null,
      ),
    ]
      .filter((part) => part !== "")
      .join("; "),
    rows: () => null,
  });
  const { group, who } = search;
  const question = { tenantId, group, who: who ?? null, members, from, to };
  const context = {
    slug,
    names: new Map(members.map(({ personId, name: of }) => [personId, of])),
    origins: {
      tenant: await originsOf(tenantId),
      deployment: await originsOf(systemLogId),
    },
    expired: await readTenantsSql([tenantId], (sql) => expiredBelow(sql, tenantId)),
  };
  const lines = linesOf(search.format, columns, pagesOf(question, context));
  return { name, format: search.format, rows: null, lines };
}

type Context = TrailContext & {
  readonly slug: string;
  /** Of either log, by epoch. */
  readonly origins: Readonly<Record<TrailEvent["log"], ReadonlyMap<number, string>>>;
};

async function originsOf(logId: string): Promise<Map<number, string>> {
  const epochs = await readTenantsSql([logId], (sql) => listEpochs(sql, logId));
  return new Map(epochs.map(({ epoch, origin }) => [epoch, origin]));
}

/** One short transaction per page: a reader who is slow holds nothing in the database. */
async function* pagesOf(question: Omit<TrailQuery, "below" | "limit">, context: Context) {
  let below: TrailPosition | null = null;
  for (;;) {
    const at: TrailPosition | null = below;
    const rows: TrailRow[] = await readTenantsSql([question.tenantId], (sql) =>
      listTrailRows(sql, { ...question, below: at, limit: pageRows }),
    );
    const last = rows.at(-1);
    if (last) yield rows.map((row) => exportedEvent(trailEvent(row, context), context));
    if (!last || rows.length < pageRows) return;
    below = last;
  }
}

function exportedEvent({ ledger, log, ...event }: ReturnType<typeof trailEvent>, { slug, origins }: Context) {
  const origin = ledger && origins[log].get(ledger.epoch);
  if (origin === undefined) throw new Error(`Epoch ${ledger?.epoch} of the log of an event is not there.`);
  return {
    ...event,
    tenant: slug,
    log: origin,
    index: ledger?.index ?? null,
    expired: ledger?.expired ?? null,
  };
}

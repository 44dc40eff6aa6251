import { z } from "zod";
import type { TrailPage, TrailSearch } from "../../contracts/trail.ts";
import { findingName } from "../../core/findings/finding-name.ts";
import { membershipsOfTenant } from "../../db/membership.ts";
import {
  expiredBelow,
  findingNumbers,
  listTrailRows,
  type TrailPosition,
  type TrailRow,
} from "../../db/trail.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { tenantHead } from "../tenants/tenant-head.ts";
import { trailEvent } from "./trail-event.ts";

/**
 * Who changed, saw and exported what in a tenant, and when those who were its members then signed in or had their account
 * changed; newest first.
 */
export async function listTrail(actor: Actor, search: TrailSearch, now = new Date()): Promise<TrailPage> {
  const found = await tenantFor(actor, "trail:read", search.tenant);
  const { tenantId } = found;
  const head = await tenantHead(found);
  const members = await membershipsOfTenant(tenantId);
  const names = new Map(members.map(({ personId, name }) => [personId, name]));
  return readTenantsSql([tenantId], async (sql) => {
    const rows = await listTrailRows(sql, {
      tenantId,
      group: search.group,
      who: search.who ?? null,
      members,
      from: search.from === undefined ? null : new Date(search.from),
      to: search.to === undefined ? null : new Date(search.to),
      below: search.cursor === undefined ? null : readPosition(search.cursor),
      limit: search.limit + 1,
    });
    const shown = rows.slice(0, search.limit);
    const last = shown.at(-1);
    const expired = await expiredBelow(sql, tenantId);
    const isOfFinding = ({ kind }: TrailRow): boolean => kind.startsWith("finding.");
    const ofFindings = shown.filter(isOfFinding);
    const numbers = await findingNumbers(sql, tenantId, [
      ...new Set(ofFindings.map(({ subject }) => subject)),
    ]);
    const findingOf = (row: TrailRow): string | null => {
      const no = isOfFinding(row) ? numbers.get(row.subject) : undefined;
      return no === undefined ? null : findingName(no);
    };
    return {
      tenant: head,
      readAt: now.toISOString(),
      events: shown.map((row) => ({ ...trailEvent(row, { names, expired }), finding: findingOf(row) })),
      nextCursor: rows.length > shown.length && last ? writePosition(last) : null,
      people: [...names].map(([id, name]) => ({ id, name })),
    };
  });
}

const position = z.tuple([z.number().int(), z.uuid()]);

function writePosition({ at, id }: TrailPosition): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString("base64url");
}

/** trust: a cursor comes from a URL; whatever is not of our form is refused. */
function readPosition(cursor: string): TrailPosition {
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    const moment = new Date(at);
    if (Number.isNaN(moment.getTime())) throw new Error("There is no such moment.");
    return { at: moment, id };
  } catch (cause) {
    throw new Refusal("invalid_input", "This page of the trail cannot be found. Start again from the top.", {
      cause,
    });
  }
}

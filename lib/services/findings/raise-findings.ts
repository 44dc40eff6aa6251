import { v7 } from "uuid";
import { causesOf } from "../../core/findings/causes-of.ts";
import { daysClean } from "../../core/findings/effectiveness.ts";
import { findingKey } from "../../core/findings/finding-key.ts";
import { severity, undeclared } from "../../core/findings/severity.ts";
import { transition } from "../../core/findings/transition.ts";
import type { Basis, FindingCause, Judgement } from "../../core/verdicts/verdict.ts";
import type { DeclaredApplication } from "../../db/application.ts";
import {
  addToCounters,
  type FindingCount,
  findingsByKey,
  insertFindingEvents,
  insertFindings,
  type KnownFinding,
  type NewFinding,
  type NewFindingEvent,
  reopenFindings,
} from "../../db/finding.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import type { CountedCall } from "../rollups/roll-up.ts";

type Group = {
  readonly groupKey: string;
  readonly cause: FindingCause;
  readonly host: string | null;
  readonly model: string | null;
  readonly applicationId: string;
  readonly basis: Basis;
  readonly simulated: boolean;
  /** In order of their start. */
  readonly calls: CountedCall[];
};

/** Calls of one recording. */
export type CallsToRaise = {
  readonly tenantId: string;
  readonly calls: readonly CountedCall[];
  /** Under which name a host is counted, `other` beyond those that are counted singly. */
  readonly nameOf: (host: string) => string;
  readonly applications: ReadonlyMap<string, DeclaredApplication>;
  /** When a call is recorded. */
  readonly at: (call: CountedCall) => Date;
  /** Of a call whose end comes late, the causes it was recorded with: in those cases it is counted already, be it on weaker evidence. */
  readonly before: ReadonlyMap<string, readonly string[]>;
};

/**
 * Adds the calls of one recording to the cases they belong to: opens what is new, opens again what was resolved before
 * one of the calls began, counts. Runs under the tenant's lock. Answers the cases of each call.
 */
export async function raiseFindings(
  sql: SqlTransaction,
  raised: CallsToRaise,
): Promise<Map<string, string[]>> {
  const { tenantId, applications, at } = raised;
  const groups = groupCalls(raised);
  if (groups.length === 0) return new Map();
  const known = new Map<string, KnownFinding>();
  for (const finding of await findingsByKey(
    sql,
    tenantId,
    groups.map((group) => group.groupKey),
  ))
    known.set(finding.groupKey, finding);

  const opened: NewFinding[] = [];
  const reopened: string[] = [];
  const events: NewFindingEvent[] = [];
  const counts: FindingCount[] = [];
  const byCall = new Map<string, string[]>();
  for (const group of groups) {
    const finding = known.get(group.groupKey);
    const id = finding?.id ?? v7();
    if (!finding) {
      const first = at(firstOf(group)).toISOString();
      opened.push(newFinding(tenantId, id, group, applications.get(group.applicationId), first));
      events.push(eventOf(tenantId, id, "opened", first, null));
    } else {
      const again = reopening(finding, group);
      if (again) {
        reopened.push(id);
        events.push(eventOf(tenantId, id, "reopened", at(again.call).toISOString(), again.daysClean));
      }
    }
    counts.push(countOf(id, group));
    for (const call of group.calls) byCall.set(call.record.id, [...(byCall.get(call.record.id) ?? []), id]);
  }
  await insertFindings(sql, opened);
  await reopenFindings(sql, tenantId, reopened);
  await addToCounters(sql, tenantId, counts);
  await insertFindingEvents(sql, events);
  return byCall;
}

function groupCalls({ tenantId, calls, nameOf, before }: CallsToRaise): Group[] {
  const groups = new Map<string, Group>();
  const inOrder = calls.toSorted((a, b) => (a.record.startedAt < b.record.startedAt ? -1 : 1));
  for (const call of inOrder) {
    const counted = before.get(call.record.id);
    for (const { judgement, host } of judgementsOf(call, nameOf)) {
      for (const cause of new Set(causesOf(judgement))) {
        if (counted?.includes(cause)) continue;
        const parts = {
          tenantId,
          cause,
          host,
          model: call.modelDim === "none" ? null : call.modelDim,
          applicationId: call.record.applicationId,
          basis: judgement.basis,
        };
        const groupKey = findingKey(parts);
        const group = groups.get(groupKey) ?? {
          ...parts,
          groupKey,
          simulated: call.record.facts.simulated,
          calls: [],
        };
        groups.set(groupKey, group);
        if (group.calls.at(-1) !== call) group.calls.push(call);
      }
    }
  }
  return [...groups.values()];
}

/** The call that opens a resolved case again, if there is one: it began after the resolution. */
function reopening(
  { state, resolvedAt }: KnownFinding,
  { calls }: Group,
): { call: CountedCall; daysClean: number } | null {
  const next = transition(state, { kind: "call" });
  if (!next.ok || !next.reopened || resolvedAt === null) return null;
  const startOf = (call: CountedCall) => Date.parse(call.record.startedAt);
  const since = resolvedAt.getTime();
  const call = calls.find((candidate) => startOf(candidate) > since);
  return call ? { call, daysClean: daysClean(since, startOf(call)) } : null;
}

type Judged = {
  readonly judgement: Pick<Judgement, "verdict" | "reasons" | "standing" | "basis">;
  readonly host: string | null;
};

/** Each attempt at its host, and what was found of the call as a whole: that an earlier attempt is not told is true of none. */
function judgementsOf({ judgement, attempts }: CountedCall, nameOf: CallsToRaise["nameOf"]): Judged[] {
  const told = new Set(attempts.flatMap((attempt) => attempt.judgement.reasons));
  const reasons = judgement.reasons.filter((reason) => !told.has(reason));
  const ofCall = attempts.length === 0 ? judgement : { ...judgement, reasons, standing: [] };
  return [
    ...attempts.map((attempt) => ({ judgement: attempt.judgement, host: nameOf(attempt.facts.host) })),
    { judgement: ofCall, host: null },
  ];
}

function newFinding(
  tenantId: string,
  id: string,
  group: Group,
  application: DeclaredApplication | undefined,
  openedAt: string,
): NewFinding {
  const { groupKey, cause, host, model, applicationId, basis, simulated } = group;
  return {
    tenantId,
    id,
    groupKey,
    cause,
    host,
    model,
    applicationId,
    application: application?.name ?? null,
    basis,
    severity: severity(cause, application ?? undeclared),
    state: "open",
    simulated,
    openedAt,
  };
}

function eventOf(
  tenantId: string,
  findingId: string,
  kind: "opened" | "reopened",
  at: string,
  daysClean: number | null,
): NewFindingEvent {
  return {
    tenantId,
    findingId,
    id: v7(),
    at,
    actor: "Domicile",
    kind,
    note: null,
    resolution: null,
    daysClean,
  };
}

function countOf(findingId: string, group: Group): FindingCount {
  const first = firstOf(group);
  return {
    findingId,
    calls: group.calls.length,
    firstSeenAt: first.record.startedAt,
    lastSeenAt: (group.calls.at(-1) ?? first).record.startedAt,
  };
}

function firstOf(group: Group): CountedCall {
  const [first] = group.calls;
  if (!first) throw new Error("A group of no calls.");
  return first;
}

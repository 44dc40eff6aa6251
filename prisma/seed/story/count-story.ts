import { usageKindOf } from "../../../lib/core/accounts/counted-as.ts";
import type { UsageKind } from "../../../lib/core/accounts/usage-kind.ts";
import type { CallRecord } from "../../../lib/core/calls/call-record.ts";
import {
  type CountedRequests,
  sumCounts,
} from "../../../lib/providers/simulated/organization/usage-journal.ts";
import { findProject } from "../../../lib/providers/simulated/project.ts";
import { workingDay } from "./scenes.ts";
import type { StoryTenant } from "./story-tenant.ts";
import { storyRecords } from "./tell-story.ts";
import type { StoryWindow } from "./window.ts";

/** Where a developer sent requests with the project's key, past the gateway. */
const bypassedBy: Readonly<Record<string, number>> = { "nordbank-eu": 60 };

/**
 * What the provider counted of a tenant's projects while the story went on: each request that it answered with a success, the
 * lines of batches, and what a developer sent past the gateway on one afternoon.
 */
export function countStory(tenant: StoryTenant, window: StoryWindow): CountedRequests[] {
  const known = residencies(tenant);
  const counts: CountedRequests[] = [];
  for (const records of storyRecords(tenant, window))
    for (const record of records) counts.push(...countsOf(record, known));
  return sumCounts([...counts, ...bypassed(tenant, known, window)]);
}

/** The word in the key for each project of the tenant's own keys. */
type Residencies = ReadonlyMap<string, string>;

function countsOf(record: CallRecord, known: Residencies): CountedRequests[] {
  const { facts, attempts, usage } = record;
  return attempts.flatMap(({ status, echo, startedAt }) => {
    const residency = known.get(echo.projectId ?? "");
    if (status !== 200 || echo.projectId === null || residency === undefined) return [];
    const of = { projectId: echo.projectId, residency, hour: hourOf(Date.parse(startedAt)) };
    const lines = facts.operation === "batches.create" ? (facts.batchLines ?? []) : [];
    const kind = usageKindOf(facts.operation);
    return [
      ...lines.map(({ model, count }) => ({
        ...of,
        ...{ kind: "completions" as UsageKind, model: model ?? "", batch: true, requests: count },
        ...{ inputTokens: 0, outputTokens: 0 },
      })),
      ...(kind === null
        ? []
        : [
            {
              ...of,
              ...{
                kind,
                model: facts.modelAnswered ?? facts.modelRequested ?? "",
                batch: false,
                requests: 1,
              },
              ...{ inputTokens: usage.inputTokens ?? 0, outputTokens: usage.outputTokens ?? 0 },
            },
          ]),
    ];
  });
}

function residencies({ credentials }: StoryTenant): Residencies {
  return new Map(
    credentials.flatMap(({ secret }) => {
      const project = findProject(secret);
      return project ? [[project.id, project.organization.slice("org-sim-".length)] as const] : [];
    }),
  );
}

function bypassed({ slug }: StoryTenant, known: Residencies, { end }: StoryWindow): CountedRequests[] {
  const requests = bypassedBy[slug];
  const [project] = known;
  if (requests === undefined || project === undefined) return [];
  const [projectId, residency] = project;
  const tokens = { inputTokens: 700 * requests, outputTokens: 240 * requests };
  return [
    {
      ...{ projectId, residency, hour: hourOf(workingDay(end, 6, 14)) },
      ...{ kind: "completions", model: "gpt-5.5-2026-04-23", batch: false, requests, ...tokens },
    },
  ];
}

function hourOf(ms: number): number {
  return Math.floor(ms / 3_600_000) * 3_600;
}

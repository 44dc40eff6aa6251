"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { endSchedule, scheduleReport } from "../../lib/client/reports.ts";
import type { ScheduleItem } from "../../lib/contracts/reports.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";

const everyWords = { monthly: "Every month", quarterly: "Every quarter" } as const;
const none = { application: [], region: [], verdict: [], model: [], source: [] };

export type ScheduleSectionProps = {
  schedules: readonly ScheduleItem[];
  tenant: TenantSummary | null;
  canBuild: (tenant: string) => boolean;
};

/** Packs that come by themselves, and when the next one does. */
export function ScheduleSection({ schedules, tenant, canBuild }: ScheduleSectionProps) {
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: ["reports"] });
  const add = (every: ScheduleItem["every"]) => {
    setProblem(null);
    scheduleReport({ tenant: tenant?.slug ?? "", every, ...none })
      .then(refresh)
      .catch((error: Error) => setProblem(error.message));
  };
  return (
    <Section
      action={
        tenant !== null && canBuild(tenant.slug) ? (
          <span className="flex gap-2">
            <Button onClick={() => add("monthly")} size="sm">
              Schedule monthly
            </Button>
            <Button onClick={() => add("quarterly")} size="sm">
              Schedule quarterly
            </Button>
          </span>
        ) : null
      }
      note="A pack of every call, a minute after the period has ended."
      title="Schedules"
    >
      {problem === null ? null : (
        <Notice className="m-4" live tone="outside">
          {problem}
        </Notice>
      )}
      {schedules.length === 0 ? (
        <Empty className="py-4" kind="no-data" title="No schedule runs">
          With one, the pack of a month lies here on the first day of the next.
        </Empty>
      ) : (
        <ul className="divide-y">
          {schedules.map(({ id, every, filterWords, nextAt, createdBy, createdAt, tenant: slug }) => (
            <li className="flex flex-wrap items-center justify-between gap-3 px-4 py-2 text-sm" key={id}>
              <span>
                <strong className="font-medium">{everyWords[every]}</strong> · {slug} · {filterWords} Next on{" "}
                <Time at={nextAt} />.{" "}
                <span className="text-faint">
                  Set up by {createdBy} on <Time at={createdAt} precision="day" />.
                </span>
              </span>
              {canBuild(slug) ? (
                <ConfirmDialog
                  onConfirm={async () => {
                    await endSchedule(slug, id);
                    await refresh();
                  }}
                  title={`End the schedule "${everyWords[every]}" of ${slug}?`}
                  trigger={<Button size="sm">End</Button>}
                  verb="End schedule"
                >
                  No further pack comes by it. Those that are there stay.
                </ConfirmDialog>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

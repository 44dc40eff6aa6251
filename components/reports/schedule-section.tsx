"use client";

import { useQueryClient } from "@tanstack/react-query";
import { endSchedule } from "../../lib/client/reports.ts";
import type { ScheduleItem } from "../../lib/contracts/reports.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { Section } from "../ui/section.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";

const everyWords = { monthly: "Every month", quarterly: "Every quarter" } as const;

export type ScheduleSectionProps = {
  schedules: readonly ScheduleItem[];
  isLoading: boolean;
  nameOf: (tenant: string) => string;
};

/** Packs that come by themselves, and when the next one does. */
export function ScheduleSection({ schedules, isLoading, nameOf }: ScheduleSectionProps) {
  return (
    <Section
      note="A pack is built once its period has ended and the log was signed after that."
      title="Schedules"
    >
      {isLoading ? (
        <Skeleton className="m-4 h-8" />
      ) : schedules.length === 0 ? (
        <Empty className="py-4" kind="no-data" title="No schedule runs">
          With one, the pack of a month lies here on the first day of the next. Schedule it beside "Build
          report": it takes the filter chosen there.
        </Empty>
      ) : (
        <ul className="divide-y">
          {schedules.map((schedule) => (
            <ScheduleRow key={schedule.id} schedule={schedule} tenantName={nameOf(schedule.tenant)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

type RowProps = { schedule: ScheduleItem; tenantName: string };

function ScheduleRow({ schedule, tenantName }: RowProps) {
  const client = useQueryClient();
  const { id, tenant, every, filterWords, nextAt, createdBy, createdAt, mayEnd } = schedule;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2 text-sm">
      <div className="min-w-0">
        <p>
          <strong className="font-medium">
            {everyWords[every]}, {tenantName}
          </strong>
          {". "}
          {filterWords}
        </p>
        <p className="text-faint text-xs">
          The next one on <Time at={nextAt} precision="day" /> · set up by {createdBy} on{" "}
          <Time at={createdAt} precision="day" />
        </p>
      </div>
      {mayEnd ? (
        <ConfirmDialog
          onConfirm={async () => {
            await endSchedule(tenant, id);
            await client.invalidateQueries({ queryKey: ["reports"] });
          }}
          title={`End the schedule of ${tenantName}, ${everyWords[every].toLowerCase()}?`}
          trigger={<Button size="sm">End</Button>}
          verb="End schedule"
        >
          No further pack comes by it. Those that are there stay.
        </ConfirmDialog>
      ) : null}
    </li>
  );
}

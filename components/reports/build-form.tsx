"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { requestReport } from "../../lib/client/reports.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { QuestionFields } from "./question-fields.tsx";
import { ReportOutlook } from "./report-outlook.tsx";
import { ScheduleDialog } from "./schedule-dialog.tsx";
import { useReportQuestion } from "./use-report-question.ts";

/** Says what a pack would be before it is built: how many calls, the filter in words, which entries. */
export function BuildForm({ tenant, today }: { tenant: TenantSummary; today: string }) {
  const question = useReportQuestion(tenant, today);
  const { search, filter, preview, period } = question;
  const client = useQueryClient();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const build = () => {
    setPending(true);
    setProblem(null);
    requestReport(search)
      .then(() => client.invalidateQueries({ queryKey: ["reports"] }))
      .catch((error: Error) => setProblem(error.message))
      .finally(() => setPending(false));
  };
  return (
    <Section
      className="print:hidden"
      note="Days are UTC days. Calls are chosen by when they began."
      title="Build a report"
    >
      <div className="flex flex-col gap-4 p-4">
        <QuestionFields {...question} />
        <div aria-live="polite" className="flex min-h-16 flex-col gap-1 text-sm" data-testid="report-preview">
          <ReportOutlook {...question} />
        </div>
        {problem === null ? null : (
          <Notice live tone="outside">
            {problem}
          </Notice>
        )}
        <div className="flex flex-wrap gap-2">
          <Button
            aria-busy={isPending}
            disabled={isPending || period === null || !preview.data?.range}
            look="primary"
            onClick={build}
          >
            Build report
          </Button>
          <ScheduleDialog filter={filter} tenant={tenant} words={preview.data?.words ?? null} />
        </div>
      </div>
    </Section>
  );
}

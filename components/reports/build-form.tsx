"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { previewQuery, requestReport } from "../../lib/client/reports.ts";
import { type PeriodId, periodIds, periodOf, reportPageParsers } from "../../lib/contracts/report-parsers.ts";
import { type ReportFacet, reportFacets } from "../../lib/contracts/reports.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { formatInstant } from "../ui/format-time.ts";
import { Input } from "../ui/input.tsx";
import { NamePicker } from "../ui/name-picker.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";

const periodWords: Readonly<Record<PeriodId, string>> = {
  month: "Last month",
  quarter: "Last quarter",
  this_month: "This month so far",
  custom: "Days of your choice",
};
const facetWords: Readonly<Record<ReportFacet, { label: string; all: string }>> = {
  application: { label: "Application", all: "All applications" },
  region: { label: "Region", all: "All regions" },
  verdict: { label: "Verdict", all: "All verdicts" },
  model: { label: "Model", all: "All models" },
  source: { label: "Source", all: "All sources" },
};

export type BuildFormProps = {
  /** Null: the reader has yet to choose one of several. */
  tenant: TenantSummary | null;
  /** When the page was made. */
  today: string;
};

/** Says what a pack would be before it is built: the filter in words, how many calls, which entries. */
export function BuildForm({ tenant, today }: BuildFormProps) {
  const [state, setState] = useQueryStates(reportPageParsers);
  const period = periodOf(state, new Date(today));
  const canBuild = tenant !== null && tenant.role !== "developer";
  const search = {
    tenant: tenant?.slug ?? "",
    from: period?.from.toISOString() ?? "",
    to: period?.to.toISOString() ?? "",
    application: state.application,
    region: state.region,
    verdict: state.verdict,
    model: state.model,
    source: state.source,
  };
  const preview = useQuery({ ...previewQuery(search), enabled: canBuild && period !== null });
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
  if (tenant === null)
    return (
      <Section title="Build a report">
        <p className="p-4 text-muted text-sm">A report is about one tenant. Choose it above.</p>
      </Section>
    );
  if (!canBuild)
    return (
      <Section title="Build a report">
        <p className="p-4 text-muted text-sm">
          Admins, officers and auditors of {tenant.name} have reports built and download them. You see which
          there are.
        </p>
      </Section>
    );
  const nameOf = (facet: ReportFacet) => (value: string) =>
    facet === "verdict" ? (verdictWords[value as keyof typeof verdictWords] ?? value) : value;
  return (
    <Section note="Days are UTC days. Calls are chosen by when they began." title="Build a report">
      <div className="flex flex-col gap-4 p-4">
        <div className="flex flex-wrap items-end gap-3">
          <Field label="Period">
            <Select
              onChange={(event) => void setState({ period: event.target.value as PeriodId })}
              value={state.period}
            >
              {periodIds.map((id) => (
                <option key={id} value={id}>
                  {periodWords[id]}
                </option>
              ))}
            </Select>
          </Field>
          {state.period === "custom"
            ? (["first", "last"] as const).map((end) => (
                <Field key={end} label={end === "first" ? "First day" : "Last day"}>
                  <Input
                    onChange={(event) =>
                      void setState({
                        [end]: event.target.value === "" ? null : new Date(event.target.value),
                      })
                    }
                    type="date"
                    value={state[end]?.toISOString().slice(0, 10) ?? ""}
                  />
                </Field>
              ))
            : null}
          {reportFacets.map((facet) => (
            <NamePicker
              all={facetWords[facet].all}
              chosen={state[facet][0] ?? null}
              key={facet}
              label={facetWords[facet].label}
              nameOf={nameOf(facet)}
              names={(preview.data?.choices[facet] ?? []).map(({ value }) => value)}
              onChoose={(value) => void setState({ [facet]: value === null ? null : [value] })}
            />
          ))}
        </div>
        <div aria-live="polite" className="text-sm" data-testid="report-preview">
          {period === null ? (
            <p className="text-muted">Choose the first and the last day.</p>
          ) : preview.error ? (
            <Notice tone="outside">{preview.error.message}</Notice>
          ) : preview.data === undefined ? (
            <p className="text-muted">Counting…</p>
          ) : (
            <>
              <p>
                <strong className="font-semibold tabular-nums">
                  {formatNoun(preview.data.calls, "call")}
                </strong>
                . {preview.data.words} They began from {formatInstant(period.from)} to before{" "}
                {formatInstant(period.to)}.
              </p>
              <p className="text-muted">
                {preview.data.range === null
                  ? "Nothing of this log is signed yet."
                  : `The pack holds the ${formatNoun(preview.data.range.end - preview.data.range.first, "entry", "entries")} from ${formatCount(preview.data.range.first)} to before ${formatCount(preview.data.range.end)} of the log, so that whoever has it can count again. ${
                      preview.data.final
                        ? "The period is over: it will be the same pack each time."
                        : "The period is not over: the pack is provisional."
                    }`}
              </p>
              {preview.data.otherEpochs.length > 0 ? (
                <p className="text-unverifiable-ink">
                  The log changed its epoch in this period. Entries of epoch{" "}
                  {preview.data.otherEpochs.join(", ")} are not in this pack.
                </p>
              ) : null}
            </>
          )}
        </div>
        {problem === null ? null : (
          <Notice live tone="outside">
            {problem}
          </Notice>
        )}
        <Button
          aria-busy={isPending}
          className="w-fit"
          disabled={isPending || !preview.data?.range}
          look="primary"
          onClick={build}
        >
          Build report
        </Button>
      </div>
    </Section>
  );
}

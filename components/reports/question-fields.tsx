"use client";

import { type PeriodId, periodIds } from "../../lib/contracts/report-parsers.ts";
import { type ReportFacet, reportFacets } from "../../lib/contracts/reports.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import type { ReportQuestion } from "./use-report-question.ts";

const periodChoices: Readonly<Record<PeriodId, string>> = {
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

/** Period and filter. A facet offers what the calls of the period have. */
export function QuestionFields({ state, setState, preview }: ReportQuestion) {
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <Field label="Period">
        <Select
          onChange={(event) => void setState({ period: event.target.value as PeriodId })}
          value={state.period}
        >
          {periodIds.map((id) => (
            <option key={id} value={id}>
              {periodChoices[id]}
            </option>
          ))}
        </Select>
      </Field>
      {state.period === "custom"
        ? (["first", "last"] as const).map((end) => (
            <Field key={end} label={end === "first" ? "First day" : "Last day"}>
              <Input
                onChange={(event) =>
                  void setState({ [end]: event.target.value === "" ? null : new Date(event.target.value) })
                }
                type="date"
                value={state[end]?.toISOString().slice(0, 10) ?? ""}
              />
            </Field>
          ))
        : null}
      {reportFacets.map((facet) => {
        const chosen = state[facet][0] ?? "";
        const offered = (preview.data?.choices[facet] ?? []).map(({ value }) => value);
        const values = chosen === "" || offered.includes(chosen) ? offered : [...offered, chosen];
        return (
          <Field key={facet} label={facetWords[facet].label}>
            <Select
              onChange={(event) =>
                void setState({ [facet]: event.target.value === "" ? null : [event.target.value] })
              }
              value={chosen}
            >
              <option value="">{facetWords[facet].all}</option>
              {values.map((value) => (
                <option key={value} value={value}>
                  {facet === "verdict" ? verdictWord(value) : value}
                </option>
              ))}
            </Select>
          </Field>
        );
      })}
    </div>
  );
}

const verdictWord = (value: string): string =>
  Object.hasOwn(verdictWords, value) ? verdictWords[value as keyof typeof verdictWords] : value;

import { CircleCheck, CircleQuestionMark, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { coverageHref } from "../../lib/contracts/coverage-parsers.ts";
import type { OverviewCoverage } from "../../lib/contracts/overview.ts";
import { formatDay } from "../ui/format-day.ts";
import { formatNoun } from "../ui/format-number.ts";

/** One line: does the record hold what OpenAI counted? */
export function CoverageNote({ coverage, tenant }: { coverage: OverviewCoverage; tenant: string | null }) {
  const { from, to } = coverage;
  const href = coverageHref("/usage/coverage", {
    tenant,
    from: `${from}T00:00:00.000Z`,
    to: `${to}T00:00:00.000Z`,
  });
  return (
    <p className="text-sm">
      <Words coverage={coverage} />{" "}
      <Link
        className="whitespace-nowrap text-accent-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
        href={href}
      >
        Beside OpenAI's figures
      </Link>
    </p>
  );
}

function Words({ coverage: { days, missing, notComparable, newest } }: { coverage: OverviewCoverage }) {
  const span = `last ${formatNoun(days, "settled day")}`;
  const unclear = notComparable > 0 ? `, ${formatNoun(notComparable, "figure")} not comparable` : "";
  if (missing > 0)
    return (
      <span>
        <span className="font-medium text-outside-ink">
          <TriangleAlert aria-hidden="true" className="mr-1 inline size-4 -translate-y-px" />
          OpenAI counted at least {formatNoun(missing, "request")} that the record does not hold
        </span>
        {newest === null ? "" : ` (${newest.tenant}: ${newest.project}, ${formatDay(newest.day)})`}, {span}
        {unclear}.
      </span>
    );
  const Icon = notComparable > 0 ? CircleQuestionMark : CircleCheck;
  return (
    <span>
      <Icon aria-hidden="true" className="mr-1 inline size-4 -translate-y-px text-faint" />
      Compared with OpenAI's figures: every request that can be compared is accounted for, {span}
      {unclear}.
    </span>
  );
}

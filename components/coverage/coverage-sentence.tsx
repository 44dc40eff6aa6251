import { TriangleAlert } from "lucide-react";
import type { UsageCoverage } from "../../lib/contracts/coverage.ts";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { daysWords } from "./days-words.ts";

/** Whether the record holds what OpenAI counted, in words. */
export function CoverageSentence({ coverage }: { coverage: UsageCoverage }) {
  const { total, window, tenants } = coverage;
  const facts = [
    `${daysWords(window)} UTC`,
    total.provisionalDays > 0 ? `${formatNoun(total.provisionalDays, "day")} provisional` : null,
    total.notComparable > 0 ? `${formatNoun(total.notComparable, "row")} not comparable` : null,
    total.fewer > 0 ? `${formatNoun(total.fewer, "row")} of which OpenAI counted fewer` : null,
    total.batchRequests > 0 ? `${formatNoun(total.batchRequests, "request")} of batches not compared` : null,
    tenants.some(({ simulated, account }) => simulated && account !== "none")
      ? "of simulated tenants the figures are simulated, too"
      : null,
  ];
  return (
    <div className="flex flex-col gap-0.5">
      <p className="text-ink text-md">
        <Answer coverage={coverage} />
      </p>
      <p>{facts.filter((fact) => fact !== null).join(" · ")}</p>
    </div>
  );
}

function Answer({ coverage: { total, tenants } }: { coverage: UsageCoverage }) {
  const { settledDays, settledRequests, missing } = total;
  if (settledDays === 0) {
    if (total.provisionalDays > 0)
      return <>No day of this range is settled yet: a day is settled 48 hours after its end.</>;
    return tenants.every(({ account }) => account === "none") ? (
      <>Nothing is compared: nobody gave the admin key of an organization at OpenAI.</>
    ) : (
      <>No day of this range was compared with OpenAI's figures.</>
    );
  }
  const days = formatNoun(settledDays, "settled day");
  if (missing === 0)
    return settledRequests === 0 ? (
      <>OpenAI counted no request that can be compared in {days}.</>
    ) : (
      <>
        The record accounts for{" "}
        {settledRequests === 1 ? "the one request" : `all ${formatNoun(settledRequests, "request")}`} that
        OpenAI counted in {days}.
      </>
    );
  return (
    <>
      Of {formatNoun(settledRequests, "request")} that OpenAI counted in {days}, the record can account for
      all but{" "}
      <span className="whitespace-nowrap font-semibold text-outside-ink">
        <TriangleAlert aria-hidden="true" className="mr-1 inline size-4 -translate-y-px" />
        {formatCount(missing)}
      </span>
      .
    </>
  );
}

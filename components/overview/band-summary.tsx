import Link from "next/link";
import { countedCallsHref } from "../../lib/contracts/call-parsers.ts";
import type { Overview } from "../../lib/contracts/overview.ts";
import type { OverviewState } from "../../lib/contracts/overview-parsers.ts";
import { countedNoun } from "../../lib/contracts/time-step.ts";
import type { Band } from "../../lib/core/verdicts/verdict.ts";
import { bandOrder } from "../../lib/core/verdicts/verdict-words.ts";
import { BandBar } from "../ui/band-bar.tsx";
import { bandMeaning } from "../ui/band-meaning.ts";
import { cn } from "../ui/cn.ts";
import { formatCount, formatNoun, formatShare } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";
import { Section } from "../ui/section.tsx";

/** The five bands side by side, each with its share and how it changed from as many whole hours or days before. */
export function BandSummary({ overview, state }: { overview: Overview; state: OverviewState }) {
  const { notApplicable, calls } = overview;
  return (
    <Section
      action={
        notApplicable > 0 ? (
          <Link
            className="text-muted text-sm underline-offset-4 hover:text-ink hover:underline"
            href={countedCallsHref(overview.window, { ...state, verdict: ["not_applicable"] })}
          >
            {formatCount(notApplicable)} of {formatCount(calls)} not applicable
          </Link>
        ) : null
      }
      note={comparison(overview)}
      title="Bands"
    >
      <div className="px-4 pt-4">
        <BandBar bands={overview.bands} className="h-2.5" />
      </div>
      <ul className="grid grid-cols-1 divide-y divide-line pt-2 md:grid-cols-5 md:divide-x md:divide-y-0">
        {bandOrder.map((band) => (
          <li key={band}>
            <BandCell band={band} overview={overview} state={state} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function BandCell({ band, overview, state }: { band: Band; overview: Overview; state: OverviewState }) {
  const { word, sentence, icon: Icon, ink, fill } = bandMeaning[band];
  const count = overview.bands[band];
  const share = formatShare(count, overview.calls - overview.notApplicable);
  return (
    <Link
      className="flex h-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 transition-colors hover:bg-hover focus-visible:-outline-offset-2 md:flex-col md:flex-nowrap md:items-start"
      href={countedCallsHref(overview.window, { ...state, band: [band] })}
      title={sentence}
    >
      <span className="flex min-w-0 max-w-full items-center gap-1.5 text-sm max-md:flex-1">
        <span aria-hidden="true" className={cn("size-2.5 shrink-0 rounded-xs", fill)} />
        <Icon aria-hidden="true" className={cn("size-3.5 shrink-0", ink)} />
        <span className="min-w-0 leading-tight">{word}</span>
      </span>
      <span className="flex items-baseline gap-2 tabular-nums">
        <span className={cn("font-semibold text-lg", count === 0 && "font-normal text-faint")}>
          {formatCount(count)}
        </span>
        <span className="text-muted text-sm max-md:w-16 max-md:text-right">{share ?? "–"}</span>
      </span>
      {overview.comparable ? (
        <span className="text-faint text-xs tabular-nums max-md:w-full max-md:text-right">
          <Change
            now={overview.compared.bands[band]}
            shown={count}
            then={overview.previous.bands[band]}
            whole={countedNoun(overview.step)}
          />
        </span>
      ) : null}
    </Link>
  );
}

function comparison({ compared, previous, comparable, step }: Overview): string {
  const whole = countedNoun(step);
  if (compared.from === compared.to) return `Compared with nothing: the range ends in its first ${whole}`;
  const before = formatWindow(previous.from, previous.to);
  if (!comparable) return `Nothing to compare with: ${before} begins before the first recorded call`;
  return `Compared by whole ${whole}s: ${formatWindow(compared.from, compared.to)} (${formatNoun(compared.calls, "call")}) with ${before} (${formatNoun(previous.calls, "call")})`;
}

type ChangeProps = { now: number; then: number; shown: number; whole: string };

/** The difference of two figures that are both to be read: where the hour or day that runs has calls, `now` is not the one above. */
function Change({ now, then, shown, whole }: ChangeProps) {
  const of = now === shown ? "" : `${formatCount(now)} in whole ${whole}s: `;
  if (now === then) return <>{of}as before</>;
  const sign = now > then ? "+" : "−";
  return (
    <>
      {of}
      {sign}
      {formatCount(Math.abs(now - then))} against {formatCount(then)}
    </>
  );
}

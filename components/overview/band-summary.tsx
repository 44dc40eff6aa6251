import Link from "next/link";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
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
            href={callsHref({ ...state, verdict: ["not_applicable"] })}
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
      className="flex h-full items-center gap-x-3 gap-y-1 px-4 py-3 transition-colors hover:bg-hover focus-visible:-outline-offset-2 md:flex-col md:items-start"
      href={callsHref({ ...state, band: [band] })}
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
      <span className="text-faint text-xs tabular-nums max-md:hidden">
        {isCompared(overview) ? (
          <Change now={overview.compared.bands[band]} then={overview.previous.bands[band]} />
        ) : null}
      </span>
    </Link>
  );
}

function isCompared({ compared }: Overview): boolean {
  return compared.from !== compared.to;
}

function comparison(overview: Overview): string {
  const { compared, previous, step } = overview;
  const whole = countedNoun(step);
  if (!isCompared(overview)) return `Compared with nothing: the range ends in its first ${whole}`;
  return `Compared by whole ${whole}s: ${formatWindow(compared.from, compared.to)} (${formatNoun(compared.calls, "call")}) with ${formatWindow(previous.from, previous.to)} (${formatNoun(previous.calls, "call")})`;
}

function Change({ now, then }: { now: number; then: number }) {
  if (now === then) return <>as before</>;
  const sign = now > then ? "+" : "−";
  return (
    <>
      {sign}
      {formatCount(Math.abs(now - then))} against {formatCount(then)}
    </>
  );
}

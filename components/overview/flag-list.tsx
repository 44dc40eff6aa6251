import Link from "next/link";
import { callsHref, countedCallsHref } from "../../lib/contracts/call-parsers.ts";
import type { CallListItem } from "../../lib/contracts/calls.ts";
import type { Overview } from "../../lib/contracts/overview.ts";
import type { OverviewState } from "../../lib/contracts/overview-parsers.ts";
import { describeReason } from "../../lib/core/verdicts/describe-reason.ts";
import { coverageWords } from "../ui/coverage-words.ts";
import { Empty } from "../ui/empty.tsx";
import { formatInstant } from "../ui/format-time.ts";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { VerdictBadge } from "../ui/verdict-badge.tsx";

/** The newest calls that went outside policy; each opens its evidence. */
export function FlagList({ overview, state }: { overview: Overview; state: OverviewState }) {
  const { newestFlags, window } = overview;
  // The flags are those of the range as it was asked for; where figures are wider, so is the list behind them.
  const range = window.asked ?? window;
  const all = countedCallsHref(window, { ...state, band: ["outside"] });
  return (
    <Section
      action={
        newestFlags.length > 0 ? (
          <Link className="text-accent-ink text-sm underline-offset-4 hover:underline" href={all}>
            Show all outside policy
          </Link>
        ) : null
      }
      note="Each opens its evidence; times in UTC"
      title="Newest calls outside policy"
    >
      {newestFlags.length === 0 ? (
        <Empty kind="nothing-found" title="No recorded call went outside policy">
          Between {formatInstant(range.from)} and {formatInstant(range.to)}; {coverageWords[window.coverage]}.
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {newestFlags.map((call) => (
            <li key={call.id}>
              <FlagRow call={call} state={state} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function FlagRow({ call, state }: { call: CallListItem; state: OverviewState }) {
  const reason = call.reasons[0];
  return (
    <Link
      className="flex flex-col gap-0.5 px-4 py-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      href={callsHref({ ...state, call: call.id })}
    >
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
        <VerdictBadge band={call.band} verdict={call.verdict} />
        <span className="truncate text-sm max-sm:order-last max-sm:w-full sm:flex-1">
          {reason ? describeReason(reason).title : null}
        </span>
        <Time at={call.startedAt} className="ml-auto text-muted text-sm" precision="second" short />
      </span>
      <span className="truncate text-muted text-xs">
        <span className="font-mono">{call.host ?? "no host"}</span>
        {` · ${[call.application, call.modelRequested, call.tenant].filter(Boolean).join(" · ")}`}
      </span>
    </Link>
  );
}

import Link from "next/link";
import { type CallPageState, callsHref } from "../../lib/contracts/call-parsers.ts";
import type { Window } from "../../lib/contracts/range.ts";
import { daysBetween, partWords } from "../ui/coverage-words.ts";
import { formatNoun } from "../ui/format-number.ts";

export type EarlierCallsProps = {
  /** What the list is asked for; the same filters hold for the stretch before. */
  state: CallPageState;
  window: Window;
};

/** Of a range that is longer than a list: the way to the stretch before the one that is listed. Nothing where there is none. */
export function EarlierCalls({ state, window }: EarlierCallsProps) {
  const { asked, from, to } = window;
  if (asked === null || partWords(window) === null) return null;
  const days = Math.min(daysBetween(asked.from, from), daysBetween(from, to));
  return (
    <Link
      className="whitespace-nowrap text-accent-ink underline-offset-4 hover:underline"
      href={callsHref({ ...state, from: asked.from, to: from, call: null, live: "off" })}
    >
      Show the {formatNoun(days, "day")} before
    </Link>
  );
}

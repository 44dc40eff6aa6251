import type { CanonicalValue } from "../canonical.ts";
import { text } from "./cut-codec.ts";
import { EntryError } from "./entry.ts";
import type { EntryDraft } from "./entry-draft.ts";
import { asMembers, type FieldCodec, integer, objectOf } from "./field-codec.ts";
import type { NumberRanges } from "./number-ranges.ts";

/**
 * What a gateway boot says of its intents in one tenant: every number from 1 to `issuedTo` has its entry below this one,
 * but for those in `open`. As a `boot_closed` entry it is the last word, said by the sweeper.
 */
export type BootBody = {
  readonly boot: string;
  /** The highest number whose intent is durable; 0: none. */
  readonly issuedTo: number;
  readonly open: OpenNumbers;
};

export type OpenNumbers = {
  readonly ranges: NumberRanges;
  /** How many are open. Less than the ranges hold where there were too many ranges to list. */
  readonly count: number;
};

const rangesMax = 350;

const open: FieldCodec<OpenNumbers> = {
  write: ({ ranges, count }) => ({ ranges: widened(ranges).map(([first, last]) => [first, last]), count }),
  read: (value, place) => {
    const { ranges, count, ...rest } = asMembers(value, place);
    if (!Array.isArray(ranges) || typeof count !== "number" || Object.keys(rest).length > 0)
      throw new EntryError(place, "does not say what is open.");
    return { ranges: checkedRanges(ranges, place), count };
  },
};

/**
 * Too many ranges become fewer and wider ones: a number that is called open and has its entry misleads nobody, while one
 * that is called closed and has none would be a hole that is not there.
 */
function widened(ranges: NumberRanges): NumberRanges {
  const first = ranges[rangesMax - 1];
  const last = ranges.at(-1);
  if (ranges.length <= rangesMax || first === undefined || last === undefined) return ranges;
  return [...ranges.slice(0, rangesMax - 1), [first[0], last[1]]];
}

function checkedRanges(values: readonly CanonicalValue[], place: string): NumberRanges {
  let before = -1;
  return values.map((value, i) => {
    const [first, last, ...rest] = Array.isArray(value) ? value : [];
    const ordered =
      typeof first === "number" &&
      typeof last === "number" &&
      first > before + 1 &&
      last >= first &&
      rest.length === 0;
    if (!ordered || first < 1)
      throw new EntryError(`${place}.ranges[${i}]`, "is no range after the one before.");
    before = last;
    return [first, last];
  });
}

const codec = objectOf<BootBody>({ boot: text(64), issuedTo: integer, open });

/** What a running gateway says every few seconds after activity, and at its end. */
export function heartbeatDraft(body: BootBody): EntryDraft {
  return { type: "heartbeat", body: codec.write(body), openings: [] };
}

/** The sweeper's last word: every intent of the boot has its entry. */
export function bootClosedDraft(boot: string, issuedTo: number): EntryDraft {
  const body = { boot, issuedTo, open: { ranges: [], count: 0 } };
  return { type: "boot_closed", body: codec.write(body), openings: [] };
}

/** Throws an `EntryError` where a member is missing, unknown or of another form. */
export function readBootBody(value: CanonicalValue): BootBody {
  const body = codec.read(value, "body", []);
  const last = body.open.ranges.at(-1)?.[1] ?? 0;
  if (body.issuedTo < 0 || last > body.issuedTo)
    throw new EntryError("body.open", "names numbers never given.");
  return body;
}

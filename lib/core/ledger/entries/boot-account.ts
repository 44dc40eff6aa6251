import type { BootBody } from "./boot-body.ts";
import {
  addNumber,
  countNumbers,
  hasNumber,
  intersectRanges,
  type NumberRanges,
  rangesInWords,
  subtractRanges,
} from "./number-ranges.ts";

export type BootBalance = {
  readonly boot: string;
  /** Nothing more can come: the sweeper has said the last word. */
  readonly closed: boolean;
  /** Numbers given out durably, and such of the entries that came under another; without those of an earlier log. */
  readonly intents: number;
  /** Calls with a recorded end, told in time or late. */
  readonly outcomes: number;
  /** Calls whose end nobody saw. */
  readonly unknown: number;
  /** Calls that were still going on, or not yet recorded, when the boot last spoke. */
  readonly open: number;
  /** Numbers that were given out and have no entry: a record is missing. */
  readonly missing: number;
  /** Numbers that were given out and recorded before the first entry here. */
  readonly earlier: number;
  readonly objections: readonly string[];
};

/** The numbers of one gateway boot in one log, as the entries tell them in their order. */
export type BootAccount = {
  call(n: number, endUnknown: boolean, index: number): void;
  lateOutcome(n: number, index: number): void;
  heartbeat(word: BootBody, index: number): void;
  close(word: BootBody, index: number): void;
  balance(): BootBalance;
};

type LastWord = { readonly issuedTo: number; readonly open: NumberRanges; readonly index: number };

/** `continues`: the boot may have begun in the log before this one. */
export function openAccount(boot: string, continues: boolean): BootAccount {
  const recorded: [number, number][] = [];
  const withoutEnd: [number, number][] = [];
  const ended: [number, number][] = [];
  const objections: string[] = [];
  /** Numbers of which the first word shows that their entries stand in an earlier log. */
  let earlier: NumberRanges = [];
  let word: LastWord = { issuedTo: 0, open: [], index: -1 };
  let closed = false;
  const object = (index: number, what: string) => objections.push(`Boot ${boot}, entry ${index}: ${what}`);

  const hear = ({ issuedTo, open }: BootBody, index: number): void => {
    if (continues && word.index === -1)
      earlier = subtractRanges(subtractRanges(upTo(issuedTo), open.ranges), recorded);
    if (issuedTo < word.issuedTo)
      object(
        index,
        `says that ${issuedTo} numbers were given out, entry ${word.index} said ${word.issuedTo}.`,
      );
    const closedBefore = subtractRanges(upTo(word.issuedTo), word.open);
    const reopened = subtractRanges(intersectRanges(open.ranges, closedBefore), recorded);
    if (reopened.length > 0)
      object(index, `calls ${rangesInWords(reopened)} open, which entry ${word.index} called recorded.`);
    word = { issuedTo: Math.max(issuedTo, word.issuedTo), open: open.ranges, index };
  };

  return {
    call(n, endUnknown, index) {
      if (!addNumber(recorded, n)) object(index, `is a second call under number ${n}.`);
      else if (n <= word.issuedTo && !hasNumber(word.open, n))
        object(index, `is the call of number ${n}, which entry ${word.index} had called recorded.`);
      if (endUnknown) addNumber(withoutEnd, n);
    },
    lateOutcome(n, index) {
      if (continues && !hasNumber(recorded, n)) return;
      if (!hasNumber(withoutEnd, n)) object(index, `tells the end of number ${n}, which was not waited for.`);
      else if (!addNumber(ended, n)) object(index, `tells the end of number ${n} once more.`);
    },
    heartbeat(said, index) {
      if (!closed) hear(said, index);
      else if (said.issuedTo > word.issuedTo)
        object(
          index,
          `says that numbers up to ${said.issuedTo} were given out, after the boot was closed at ${word.issuedTo}.`,
        );
    },
    close(said, index) {
      if (closed && said.issuedTo !== word.issuedTo)
        object(
          index,
          `closes the boot at ${said.issuedTo}, entry ${word.index} closed it at ${word.issuedTo}.`,
        );
      hear(said, index);
      closed = true;
    },
    balance() {
      const given = upTo(word.issuedTo);
      const above = countNumbers(subtractRanges(recorded, given));
      const absent = subtractRanges(subtractRanges(given, recorded), earlier);
      const open = intersectRanges(absent, word.open);
      const missing = subtractRanges(absent, word.open);
      const unknown = countNumbers(subtractRanges(withoutEnd, ended));
      const hole = `Boot ${boot}: no entry for ${rangesInWords(missing)}, given out by entry ${word.index}. A record is missing.`;
      return {
        boot,
        closed,
        intents: word.issuedTo - countNumbers(earlier) + above,
        outcomes: countNumbers(recorded) - unknown,
        unknown,
        open: countNumbers(open),
        missing: countNumbers(missing),
        earlier: countNumbers(earlier),
        objections: missing.length > 0 ? [...objections, hole] : objections,
      };
    },
  };
}

function upTo(last: number): NumberRanges {
  return last === 0 ? [] : [[1, last]];
}

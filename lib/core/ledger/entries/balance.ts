import { type BalanceWord, balanceWord } from "./balance-word.ts";
import { type BootAccount, type BootBalance, openAccount } from "./boot-account.ts";
import { isBootOlder } from "./boot-time.ts";
import type { Entry } from "./entry.ts";
import { readEntry } from "./read-entry.ts";

/** How many calls of a log never took a number: they were refused before the dial, or told by somebody else. */
export type WithoutIntent = { readonly refused: number; readonly imported: number };

/** intents = outcomes + unknown + open + missing, per boot and over all of them. */
export type Balance = {
  readonly boots: readonly BootBalance[];
  readonly withoutIntent: WithoutIntent;
  readonly intents: number;
  readonly outcomes: number;
  readonly unknown: number;
  readonly open: number;
  readonly missing: number;
  /** Numbers whose entries are taken to stand before the first one here. */
  readonly earlier: number;
  /** What does not add up, each in one sentence. Empty where all does. */
  readonly objections: readonly string[];
};

/** A balance that is added up entry by entry, in their order, so that nobody has to hold them all. */
export type OpenBalance = {
  add(entry: Entry): void;
  /** The same, where the entry has been read already. */
  hear(word: BalanceWord): void;
  /** What follows from the entries so far. */
  end(): Balance;
};

/**
 * Recomputes the balance of one log from its entries alone. A record that was dropped before it entered the tree
 * leaves a number that a heartbeat, or the boot's closing, calls recorded and that has no entry.
 *
 * A log that follows a sealed one, and a range of entries, begin in the middle of boots: what the first word about such a
 * boot calls recorded, and what is not here, is taken to stand before. `startsAt`: when the first entry of a range, or the
 * last one that has expired, was appended; null where the entries begin with the log.
 */
export function openBalance(startsAt: string | null = null): OpenBalance {
  const accounts = new Map<string, BootAccount>();
  const objections: string[] = [];
  const withoutIntent = { refused: 0, imported: 0 };
  let continuedAt = startsAt;
  const accountOf = (boot: string): BootAccount => {
    const known = accounts.get(boot);
    if (known !== undefined) return known;
    const continues = continuedAt !== null && isBootOlder(boot, continuedAt);
    const account = openAccount(boot, continues);
    accounts.set(boot, account);
    return account;
  };
  const hear = (word: BalanceWord): void => {
    const { index } = word;
    if (word.is === "call") accountOf(word.boot).call(word.n, word.endUnknown, index);
    else if (word.is === "late") accountOf(word.boot).lateOutcome(word.n, index);
    else if (word.is === "heartbeat") accountOf(word.said.boot).heartbeat(word.said, index);
    else if (word.is === "closed") accountOf(word.said.boot).close(word.said, index);
    else if (word.is === "continued") continuedAt = word.at;
    else if (word.is === "unnumbered")
      objections.push(`Call ${word.id} (entry ${index}) went through a gateway and has no intent.`);
    else withoutIntent[word.is] += 1;
  };
  return {
    add(entry) {
      const word = balanceWord(entry, readEntry(entry));
      if (word !== null) hear(word);
    },
    hear,
    end() {
      const boots = [...accounts.values()].map((account) => account.balance());
      const sum = (of: (boot: BootBalance) => number) => boots.reduce((total, boot) => total + of(boot), 0);
      return {
        boots,
        withoutIntent,
        intents: sum(({ intents }) => intents),
        outcomes: sum(({ outcomes }) => outcomes),
        unknown: sum(({ unknown }) => unknown),
        open: sum(({ open }) => open),
        missing: sum(({ missing }) => missing),
        earlier: sum(({ earlier }) => earlier),
        objections: [...objections, ...boots.flatMap((boot) => boot.objections)],
      };
    },
  };
}

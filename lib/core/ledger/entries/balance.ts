import { type BootAccount, type BootBalance, openAccount } from "./boot-account.ts";
import { isBootOlder } from "./boot-time.ts";
import type { CallBody } from "./call-body.ts";
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
  /** What does not add up, each in one sentence. Empty where all does. */
  readonly objections: readonly string[];
};

/** A balance that is added up entry by entry, in their order, so that nobody has to hold them all. */
export type OpenBalance = {
  add(entry: Entry): void;
  /** What follows from the entries so far. */
  end(): Balance;
};

/**
 * Recomputes the balance of one whole log from its entries alone. A record that was dropped before it entered the tree
 * leaves a number that a heartbeat, or the boot's closing, calls recorded and that has no entry.
 *
 * A log that follows a sealed one begins in the middle of boots: what the first word about such a boot calls recorded,
 * and what is not here, is taken to stand in the log before.
 */
export function openBalance(): OpenBalance {
  const accounts = new Map<string, BootAccount>();
  const objections: string[] = [];
  const withoutIntent = { refused: 0, imported: 0 };
  let continuedAt: string | null = null;
  const accountOf = (boot: string): BootAccount => {
    const continues = continuedAt !== null && isBootOlder(boot, continuedAt);
    const account = accounts.get(boot) ?? openAccount(boot, continues);
    accounts.set(boot, account);
    return account;
  };
  return {
    add(entry) {
      const content = readEntry(entry);
      if (content.type === "epoch_opened" && content.epoch.previous !== null) continuedAt = entry.at;
      if (content.type === "heartbeat") accountOf(content.boot.boot).heartbeat(content.boot, entry.index);
      if (content.type === "boot_closed") accountOf(content.boot.boot).close(content.boot, entry.index);
      if (content.type !== "call" && content.type !== "late_outcome") return;
      const { body } = content.call;
      if (body.intent === null) objections.push(...countWithout(withoutIntent, body, entry.index));
      else if (content.type === "call")
        accountOf(body.intent.bootId).call(body.intent.n, body.end, entry.index);
      else accountOf(body.intent.bootId).lateOutcome(body.intent.n, entry.index);
    },
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
        objections: [...objections, ...boots.flatMap((boot) => boot.objections)],
      };
    },
  };
}

/** Our own gateway sends nothing without an intent; only what it refused, or what others tell, has none. */
function countWithout(
  counts: { refused: number; imported: number },
  { id, source, end }: CallBody,
  index: number,
): string[] {
  const own = source === "gateway" || source === "playground";
  if (!own) counts.imported += 1;
  else if (end === "refused") counts.refused += 1;
  else return [`Call ${id} (entry ${index}) went through a gateway and has no intent.`];
  return [];
}

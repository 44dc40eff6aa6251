import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";

/** Work of a page that takes the web process, or others behind it, far longer than an ordinary answer does. */
export type CostlyWork = "replay" | "export" | "report" | "import" | "probe" | "reading";

type Bounds = { readonly person: number; readonly tenant: number; readonly all: number };
type Limits = { readonly noun: string; readonly atOnce: Bounds; readonly perMinute: Bounds };

/**
 * Of one web process. Replays and restatements judge thousands of calls in it, in slices (`inSlices`); a replay and an import come in
 * parts, asked for one after the other. Judging has one thread: more of it at once ends no sooner, and each piece makes every page
 * later. docs/operations.md has these figures.
 */
export const workLimits: Readonly<Record<CostlyWork, Limits>> = {
  replay: limits("replays", { person: 2, tenant: 2, all: 3 }, { person: 600, tenant: 900, all: 1_800 }),
  export: limits("exports", { person: 2, tenant: 3, all: 4 }, { person: 30, tenant: 60, all: 120 }),
  report: limits(
    "requests for reports",
    { person: 2, tenant: 4, all: 8 },
    { person: 20, tenant: 40, all: 80 },
  ),
  import: limits("imports", { person: 2, tenant: 3, all: 4 }, { person: 600, tenant: 900, all: 1_800 }),
  probe: limits("probes", { person: 4, tenant: 6, all: 12 }, { person: 60, tenant: 120, all: 240 }),
  reading: limits("readings", { person: 4, tenant: 8, all: 16 }, { person: 60, tenant: 120, all: 240 }),
};

function limits(noun: string, atOnce: Bounds, perMinute: Bounds): Limits {
  return { noun, atOnce, perMinute };
}

export type BegunWork = {
  /**
   * Counts it for the tenant it is about as well, where the actor is a member; else the verb refuses him anyway. About none, it is
   * about all of his.
   */
  within(tenant: string | undefined): void;
  /** To be called once it has ended, or its answer was taken or given up. */
  end(): void;
};

type Counts = { readonly open: Map<string, number>; readonly begun: Map<string, number>; minute: number };

// On the global object: what is counted is counted once, however often a build loads this module.
const held = globalThis as unknown as { domicileCostlyWork?: Counts };
held.domicileCostlyWork ??= { open: new Map(), begun: new Map(), minute: 0 };
const counts = held.domicileCostlyWork;
const { open, begun } = counts;

const secondsToWait = 2;
const minuteMs = 60_000;

/**
 * Counts a piece of work of a person as begun. Refuses with `too_much_at_once` what is more than he, his tenant or this process may
 * have at once or begin in a minute; what is refused is not counted.
 */
export function beginWork(actor: Actor, work: CostlyWork, now: number = Date.now()): BegunWork {
  const { personId, memberships } = personOf(actor);
  const held: string[] = [];
  const take = (whose: keyof Bounds, id: string): void => {
    const key = `${work} ${whose} ${id}`;
    demandRoom(work, whose, key, now);
    open.set(key, (open.get(key) ?? 0) + 1);
    begun.set(key, (begun.get(key) ?? 0) + 1);
    held.push(key);
  };
  const end = (): void => {
    for (const key of held.splice(0)) {
      const left = (open.get(key) ?? 1) - 1;
      if (left > 0) open.set(key, left);
      else open.delete(key);
    }
  };
  demandRoomFor(actor, work, now);
  take("all", "");
  take("person", personId);
  return {
    within: (tenant) => {
      for (const { tenantId, slug } of memberships)
        if (tenant === undefined || tenantId === tenant || slug === tenant) take("tenant", tenantId);
    },
    end,
  };
}

function demandRoom(work: CostlyWork, whose: keyof Bounds, key: string, now: number): void {
  const thisMinute = Math.floor(now / minuteMs);
  if (thisMinute !== counts.minute) {
    counts.minute = thisMinute;
    begun.clear();
  }
  const { noun, atOnce, perMinute } = workLimits[work];
  const where = { person: "of yours", tenant: "of this tenant", all: "of everybody" }[whose];
  if ((open.get(key) ?? 0) >= atOnce[whose])
    throw tooMuch(`As many ${noun} ${where} as may run at once are under way.`, secondsToWait);
  if ((begun.get(key) ?? 0) >= perMinute[whose])
    throw tooMuch(
      `As many ${noun} ${where} as may begin in a minute have begun.`,
      Math.ceil(((thisMinute + 1) * minuteMs - now) / 1_000),
    );
}

function tooMuch(words: string, seconds: number): Refusal {
  return new Refusal(
    "too_much_at_once",
    `${words} Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
    {
      retryAfterSeconds: seconds,
    },
  );
}

/** Refuses where there is no room for one at this moment; counts nothing. */
export function demandRoomFor(actor: Actor, work: CostlyWork, now: number = Date.now()): void {
  demandRoom(work, "all", `${work} all `, now);
  demandRoom(work, "person", `${work} person ${personOf(actor).personId}`, now);
}

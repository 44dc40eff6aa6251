import { describe, expect, it } from "vitest";
import type { Actor } from "../actor.ts";
import { type BegunWork, beginWork, type CostlyWork, demandRoomFor, workLimits } from "./begin-work.ts";

const tenantId = "019aa0c0-0000-7000-8000-0000000000ab";
// A minute of its own for each test, so that none knows of another.
let minute = 30_000_000;
const nextMinute = () => {
  minute += 1;
  return minute * 60_000;
};

function person(name: string): Actor {
  return {
    kind: "person",
    personId: name,
    sessionId: name,
    email: `${name}@example.com`,
    name,
    deploymentAdmin: false,
    memberships: [{ tenantId, slug: "bank", role: "officer" }],
    confirmedAt: null,
  };
}

const works = Object.keys(workLimits) as CostlyWork[];
const end = (all: readonly BegunWork[]): void => {
  for (const each of all) each.end();
};
const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

describe.each(works)("%s", (work) => {
  const { atOnce, perMinute } = workLimits[work];

  it("is bounded for a person, and for nobody else by that", () => {
    const now = nextMinute();
    const held = times(atOnce.person, () => beginWork(person("ann"), work, now));
    expect(() => beginWork(person("ann"), work, now)).toThrow(
      expect.objectContaining({ code: "too_much_at_once", retryAfterSeconds: 2 }),
    );
    expect(() => demandRoomFor(person("ann"), work, now)).toThrow(/of yours/);
    const other = beginWork(person("ben"), work, now);
    end([...held, other]);
    end([beginWork(person("ann"), work, now)]);
  });

  it("is bounded for a tenant, and for the whole process", () => {
    const now = nextMinute();
    const held = times(atOnce.tenant, (n) => beginWork(person(`p${n}`), work, now));
    for (const each of held) each.within("bank");
    const late = beginWork(person("late"), work, now);
    expect(() => late.within(tenantId)).toThrow(/of this tenant/);
    late.end();
    const more = times(atOnce.all - held.length, (n) => beginWork(person(`q${n}`), work, now));
    expect(() => beginWork(person("last"), work, now)).toThrow(/of everybody/);
    end([...held, ...more]);
  });

  it("counts what was refused for nobody, and nothing twice when it ends twice", () => {
    const now = nextMinute();
    const held = times(atOnce.person, () => beginWork(person("ann"), work, now));
    for (let n = 0; n < perMinute.all; n++) expect(() => beginWork(person("ann"), work, now)).toThrow();
    end(held);
    end(held);
    const again = times(atOnce.person, () => beginWork(person("ann"), work, now));
    expect(() => beginWork(person("ann"), work, now)).toThrow();
    end(again);
  });

  it("is bounded in a minute, says when the next one begins, and begins anew then", () => {
    const now = nextMinute() + 20_000;
    for (let n = 0; n < perMinute.person; n++) beginWork(person("ann"), work, now).end();
    expect(() => beginWork(person("ann"), work, now)).toThrow(
      expect.objectContaining({ retryAfterSeconds: 40 }),
    );
    beginWork(person("ben"), work, now).end();
    beginWork(person("ann"), work, now + 40_000).end();
  });

  it("counts for each tenant of a person where it is about none alone", () => {
    const now = nextMinute();
    const held = times(atOnce.tenant, (n) => beginWork(person(`p${n}`), work, now));
    for (const each of held) each.within(undefined);
    const late = beginWork(person("late"), work, now);
    expect(() => late.within("bank")).toThrow(/of this tenant/);
    end([...held, late]);
  });

  it("counts for no tenant of which the person is no member", () => {
    const now = nextMinute();
    const held = times(atOnce.tenant, (n) => beginWork(person(`p${n}`), work, now));
    for (const each of held) each.within("another");
    const next = beginWork(person("next"), work, now);
    next.within("bank");
    end([...held, next]);
  });
});

import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { ProbeSample } from "../../lib/contracts/latency.ts";
import { ProbeResult } from "./probe-result.tsx";

afterEach(cleanup);

const sample = (side: ProbeSample["side"], round: number, over: Partial<ProbeSample> = {}): ProbeSample => ({
  side,
  round,
  callId: `${side}${round}`,
  firstTextMs: 40,
  totalMs: side === "first" ? 100 + round : 120 + 2 * round,
  code: null,
  message: null,
  last: false,
  ...over,
});
const rounds = (n: number): ProbeSample[] =>
  Array.from({ length: n }, (_, i) => [sample("first", i + 1), sample("second", i + 1)]).flat();

function show(samples: readonly ProbeSample[], phase: "running" | "ended" | "stopped" = "ended") {
  render(<ProbeResult firstName="Europe" phase={phase} rounds={10} samples={samples} secondName="Global" />);
  return screen.getAllByRole("status")[0]?.textContent ?? "";
}

describe("the result of a probe", () => {
  it("tells the difference pair by pair with its interval", () => {
    expect(show(rounds(10))).toBe(
      "Global took 26 ms more than Europe (median of 10 pairs; 95 % sure between +22 ms and +29 ms).",
    );
    expect(document.querySelector("[data-side=first]")?.textContent).toContain("10 of 10");
  });

  it("claims nothing of the certainty of a few pairs", () => {
    expect(show(rounds(3))).toContain("median of 3 pairs; fewer than six tell nothing of its certainty");
  });

  it("says so where no difference can be told", () => {
    const even = rounds(8).map((each) => ({
      ...each,
      totalMs: 100 + (each.side === "first" ? each.round : 9 - each.round),
    }));
    expect(show(even)).toContain("No difference can be told from 8 pairs");
  });

  it("names what was not answered, and compares nothing without a pair", () => {
    const refused = {
      totalMs: null,
      firstTextMs: null,
      code: "region_blocked",
      message: "Nothing was sent.",
      last: true,
    };
    expect(show([sample("first", 1), sample("second", 1, refused)])).toContain("nothing can be compared");
    expect(
      screen.getByText(/Global: 1 of 1 without an answer. Nothing was sent.*asked no more/),
    ).toBeDefined();
  });

  it("counts while it runs, and says that it was stopped", () => {
    expect(show(rounds(2), "running")).toBe("4 of 20 completions…");
    cleanup();
    show(rounds(2), "stopped");
    expect(screen.getByText(/You stopped it/)).toBeDefined();
  });
});

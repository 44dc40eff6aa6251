import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { Change } from "./change.tsx";
import { Reading } from "./reading.tsx";

afterEach(cleanup);

const of = (measured: number, ms = 1_500) => ({ measured, p50: ms, p95: ms, p99: ms });

describe("a percentile", () => {
  it.each([
    [2, "p50", "1.5 s"],
    [19, "p95", "max 1.5 s"],
    [20, "p95", "1.5 s"],
    [99, "p99", "max 1.5 s"],
    [100, "p99", "1.5 s"],
  ] as const)("of %i calls is at %s told as %s", (measured, percentile, words) => {
    const { container } = render(<Reading figures={of(measured)} percentile={percentile} />);
    expect(container.textContent).toBe(words);
  });

  it("of few calls says how many it would need", () => {
    render(<Reading figures={of(7)} percentile="p95" />);
    expect(screen.getByTitle("The slowest of 7 calls: a p95 needs 20").textContent).toBe("max 1.5 s");
  });
});

describe("a change against the period before", () => {
  it("is told of enough calls alone", () => {
    const { container, rerender } = render(<Change before={of(19, 1_000)} now={of(500)} />);
    expect(container.textContent).toBe("Too few calls");
    rerender(<Change before={of(20, 1_000)} now={of(500)} />);
    expect(container.textContent).toBe("+500 ms (+50 %)");
  });
});

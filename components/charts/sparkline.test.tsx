import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { Sparkline } from "./sparkline.tsx";

afterEach(cleanup);

it("leaves a gap where nothing is known, and draws a value alone as a dot", () => {
  const { container } = render(<Sparkline description="p95" values={[1, 2, null, 4, null, null, 3, 3]} />);
  expect(container.querySelectorAll("polyline")).toHaveLength(2);
  expect(container.querySelectorAll("circle")).toHaveLength(1);
  expect(screen.getByRole("img", { name: "p95" })).toBeDefined();
});

it("draws nothing but its base line where nothing is known at all", () => {
  const { container } = render(<Sparkline description="none" values={[null, null]} />);
  expect(container.querySelectorAll("polyline, circle")).toHaveLength(0);
});

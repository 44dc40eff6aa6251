import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { BandPoint } from "../../lib/contracts/overview.ts";
import { BandChart } from "./band-chart.tsx";

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  const box = { x: 0, y: 0, left: 0, top: 0, right: 600, bottom: 240, width: 600, height: 240 };
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue({ ...box, toJSON: () => box });
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(240);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const hours = (day: string, calls: number): BandPoint[] =>
  Array.from({ length: 24 }, (_, hour) => ({
    at: `${day}T${String(hour).padStart(2, "0")}:00:00.000Z`,
    bands: { in_region: calls, permitted: 0, unverifiable: 0, outside: 0, stopped: 0 },
    regions: { eu: calls },
  }));
const chart = (day: string, calls: number) => (
  <BandChart points={hours(day, calls)} state="ready" step="hour" to={`${day}T23:59:00.000Z`} />
);

it("says no longer what lies under the pointer when the span beneath it has changed", async () => {
  const { container, rerender } = render(chart("2026-11-20", 7));
  const surface = container.querySelector(".recharts-wrapper");
  if (surface === null) throw new Error("no chart");
  fireEvent.mouseMove(surface, { clientX: 300, clientY: 100 });
  expect((await screen.findByText("7 calls")).textContent).toBe("7 calls");
  rerender(chart("2026-11-21", 9));
  expect(screen.queryByText("9 calls")).toBeNull();
  expect(screen.queryByText("7 calls")).toBeNull();
});

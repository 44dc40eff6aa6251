import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SettingsNavigation } from "./settings-navigation.tsx";

vi.mock("next/navigation", () => ({ usePathname: () => "/settings/trail/bank" }));

const shown: Element[] = [];
beforeEach(() => {
  // jsdom has no layout, and so nothing to scroll.
  Element.prototype.scrollIntoView = function () {
    shown.push(this);
  };
});
afterEach(cleanup);

it("shows the page that the reader is on, also where not all are to be seen", () => {
  render(<SettingsNavigation />);
  const trail = screen.getByRole("link", { current: "page" });
  expect(trail.textContent).toBe("Audit trail");
  expect(shown).toEqual([trail]);
});

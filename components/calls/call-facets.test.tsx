import { cleanup, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { callSearch } from "../../lib/contracts/calls.ts";
import { CallFacets } from "./call-facets.tsx";
import { samplePage } from "./testing/sample-call.ts";

afterEach(cleanup);

it("has one stop of the Tab key for each facet, and the arrow keys within it", async () => {
  const user = userEvent.setup();
  const toggled: string[] = [];
  const { facets } = samplePage([]);
  render(
    <CallFacets
      facets={{
        ...facets,
        verdict: [
          { value: "compliant", calls: 7 },
          { value: "violation", calls: 2 },
        ],
        application: [
          { value: "Loan desk", calls: 5 },
          { value: "Shop", calls: 4 },
        ],
      }}
      filters={callSearch.parse({ application: ["Shop"] })}
      onToggle={(facet, value) => toggled.push(`${facet} ${value}`)}
    />,
  );
  const values = (name: string) => within(screen.getByRole("group", { name })).getAllByRole("button");
  await user.tab();
  expect(document.activeElement).toBe(values("Verdict")[0]);
  await user.keyboard("{ArrowDown} ");
  expect(document.activeElement).toBe(values("Verdict")[1]);
  await user.tab();
  const shop = screen.getByRole("button", { name: /^Shop/, pressed: true });
  expect(document.activeElement).toBe(shop);
  await user.keyboard("{Enter}");
  expect(toggled).toEqual(["verdict violation", "application Shop"]);
});

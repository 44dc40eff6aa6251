import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { Policy } from "../../lib/core/policies/policy.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { preset } from "../../lib/core/testing/case.ts";
import { PolicyEditor } from "./policy-editor.tsx";
import { bookOf, nothingLooked } from "./testing/sample-book.ts";

vi.mock("next/navigation", () => ({
  useRouter: () => ({ push: () => {} }),
  usePathname: () => "/settings/policies/bank/edit",
}));

const now = "2026-11-22T09:00:00.000Z";

let policy: Policy;

beforeEach(() => {
  vi.stubGlobal("fetch", async (path: string) => {
    if (path.startsWith("/api/catalog")) return Response.json({ catalog: openaiCatalog });
    return Response.json(path.startsWith("/api/policies?") ? bookOf(policy) : nothingLooked);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(edited: Policy) {
  policy = edited;
  render(
    <NuqsTestingAdapter>
      <QueryClientProvider client={createQueryClient()}>
        <PolicyEditor now={now} slug="bank" />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  await screen.findByRole("group", { name: "Routing" });
}

const save = () => screen.getByRole<HTMLButtonElement>("button", { name: /^(Save version|Propose)/ });

/** What stands beneath the field about it, as a screen reader says it with the field. */
function saidOf(field: HTMLElement): string {
  const ids = field.getAttribute("aria-describedby")?.split(" ") ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
}

describe("a policy that nothing can meet", () => {
  it("is not saved with a code of no country for the relay, and the field says which and what was meant", async () => {
    const user = userEvent.setup();
    await open(preset("eea_ch").policy);
    // The first asks for its countries, the second for evidence of it.
    const [relay] = screen.getAllByLabelText("Our own relay");
    await user.selectOptions(relay as HTMLElement, "own");
    const countries = screen.getByLabelText("Our own relay: countries");
    await user.type(countries, "UK");
    expect(saidOf(countries)).toContain("No country has the code UK. The United Kingdom is GB, not UK.");
    expect(save().disabled).toBe(true);
    await user.clear(countries);
    expect(saidOf(countries)).toContain("Name at least one country, or allow any.");
    expect(save().disabled).toBe(true);
    await user.type(countries, "GB DE");
    expect(saidOf(countries)).not.toContain("No country");
    expect(save().disabled).toBe(false);
  });

  it("is not offered where evidence cannot be that good, and not saved where a policy asks for it", async () => {
    const { minimumGrade, ...rest } = preset("eea_ch_strict").policy;
    await open({ ...rest, preset: "custom", minimumGrade: { ...minimumGrade, ingress: "B" } });
    const grades = within(screen.getByRole("group", { name: "Weakest evidence that clears a call" }));
    const offered = (label: string) =>
      within(grades.getByLabelText(label))
        .getAllByRole<HTMLOptionElement>("option")
        .map(({ value }) => value);
    expect(saidOf(grades.getByLabelText("The end of TLS"))).toContain("C is the best there is");
    expect(save().disabled).toBe(true);
    expect(offered("The end of TLS")).toEqual(["B", "C", "D", "E"]);
    expect(offered("Inference")).toEqual(["B", "C", "D", "E"]);
    expect(offered("Our own relay")).toEqual(["E"]);
  });
});

import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import { UnpricedSection } from "./unpriced-section.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("says of how many of a model's calls there is no price, and nothing of the others' tokens", async () => {
  const row = { key: "gpt-5.5", calls: 11_826, inputTokens: 11_700_000, outputTokens: 3_420_000 };
  vi.stubGlobal("fetch", async () => Response.json({ rows: [{ ...row, cost: { unpricedCalls: 3 } }] }));
  render(
    <QueryClientProvider client={createQueryClient()}>
      <UnpricedSection
        book={{ prices: [], uplifts: [], catalogVersion: 1 }}
        mayEdit={false}
        modes={["simulated"]}
      />
    </QueryClientProvider>,
  );
  const model = await screen.findByText("gpt-5.5");
  const cells = [...(model.closest("tr")?.cells ?? [])].map(({ textContent }) => textContent);
  expect(cells).toEqual(["gpt-5.5", "3", "11\u202f826"]);
});

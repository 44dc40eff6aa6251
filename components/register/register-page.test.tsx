import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { RegisterBook } from "../../lib/contracts/register.ts";
import { RegisterPage } from "./register-page.tsx";

vi.mock("next/navigation", () => ({
  useRouter: () => ({ push: () => {} }),
  usePathname: () => "/settings/register/bank",
}));

const at = "2026-11-22T09:00:00.000Z";
const book: RegisterBook = {
  tenant: { slug: "bank", name: "Bank", mode: "simulated", role: "officer" },
  on: "2026-11-22",
  items: [
    {
      id: "i1",
      kind: "processing_agreement",
      versions: [
        {
          version: 1,
          content: {
            v: 1,
            kind: "processing_agreement",
            state: "recorded",
            fields: { counterparty: "OpenAI Ireland Ltd", signedOn: "2025-10-06" },
            document: { name: "dpa.pdf", bytes: 184_320, sha256: "a".repeat(64) },
          },
          sha256: "b".repeat(64),
          reason: null,
          recordedAt: at,
          recordedBy: "Katrin",
          ledger: null,
        },
      ],
    },
  ],
  gaps: [
    {
      kind: "processing_agreement",
      item: "i1",
      reason: "review_overdue",
      field: "reviewDue",
      due: "2026-11-18",
      sentence: "Data-processing agreement “OpenAI Ireland Ltd”: its review was due on 2026-11-18.",
    },
  ],
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("writes days as every page does, whatever form the record has them in", async () => {
  vi.stubGlobal("fetch", async () => Response.json(book));
  render(
    <QueryClientProvider client={createQueryClient()}>
      <RegisterPage slug="bank" />
    </QueryClientProvider>,
  );
  await screen.findByText(/its review was due on 18 Nov 2026\.$/);
  screen.getByText("6 Oct 2025");
  screen.getByText(/dpa\.pdf, 180\.0.KiB/);
});

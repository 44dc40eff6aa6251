import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { TrailEvent, TrailPage } from "../../lib/contracts/trail.ts";
import { TrailBrowser } from "./trail-browser.tsx";

vi.mock("next/navigation", () => ({
  useRouter: () => ({ push: () => {} }),
  usePathname: () => "/settings/trail/bank",
}));

const at = "2026-11-22T09:00:00.000Z";
const event = (id: string, kind: string): TrailEvent => ({
  id,
  at,
  log: "tenant",
  actor: "person",
  actorId: "p1",
  actorName: "Olga",
  kind,
  subject: "",
  finding: null,
  detail: {},
  ledger: null,
});
const pageOf = (...events: TrailEvent[]): TrailPage => ({
  tenant: { slug: "bank", name: "Bank", mode: "simulated", role: "admin" },
  readAt: at,
  events,
  nextCursor: null,
  people: [{ id: "p1", name: "Olga" }],
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("keeps what is listed, and the names to choose from, until what was asked for is there", async () => {
  let answer = (_page: TrailPage) => {};
  vi.stubGlobal("fetch", async (path: string) => {
    if (!path.includes("group=changes")) return Response.json(pageOf(event("e1", "key.created")));
    return new Promise<Response>((resolve) => {
      answer = (page) => resolve(Response.json(page));
    });
  });
  render(
    <NuqsTestingAdapter hasMemory searchParams="?who=p1">
      <QueryClientProvider client={createQueryClient()}>
        <TrailBrowser slug="bank" />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  await screen.findByText("Key created");
  await userEvent.selectOptions(screen.getByLabelText("What"), "Changes");
  const list = screen.getByRole("list", { name: "Events, newest first" });
  await waitFor(() => expect(list.parentElement?.getAttribute("aria-busy")).toBe("true"));
  screen.getByText("Key created");
  expect(screen.getByLabelText<HTMLSelectElement>("Who").selectedOptions[0]?.text).toBe("Olga");

  answer(pageOf(event("e2", "key.revoked")));
  await screen.findByText("Key revoked");
  expect(screen.queryByText("Key created")).toBeNull();
});

import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import { ReplayPage } from "./replay-page.tsx";
import { bookOf, nothingLooked } from "./testing/sample-book.ts";

vi.mock("next/navigation", () => ({
  useRouter: () => ({ push: () => {} }),
  usePathname: () => "/settings/policies/bank/replay",
}));

const now = "2026-11-22T09:00:00.000Z";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("does not say that no call was recorded where the record could not be read, and asks the same once more", async () => {
  let isBroken = true;
  vi.stubGlobal("fetch", async (path: string) => {
    if (path.startsWith("/api/policies?")) return Response.json(bookOf());
    if (isBroken) throw new TypeError("Failed to fetch");
    return Response.json(nothingLooked);
  });
  render(
    <NuqsTestingAdapter>
      <QueryClientProvider client={createQueryClient()}>
        <ReplayPage now={now} slug="bank" />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  const none = "No call was recorded in this period.";
  await userEvent.click(await screen.findByRole("button", { name: "Replay" }));
  await screen.findByText(/No call was looked at/);
  expect(screen.queryByText(none)).toBeNull();

  isBroken = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText(none);

  isBroken = true;
  await userEvent.click(screen.getByRole("button", { name: "Replay" }));
  await screen.findByText(/No call was looked at/);
});

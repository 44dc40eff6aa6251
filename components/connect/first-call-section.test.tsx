import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { FirstCall } from "../../lib/contracts/connectivity.ts";
import { sampleCall } from "../calls/testing/sample-call.ts";
import { FirstCallSection } from "./first-call-section.tsx";

let asked: string[];
let answers: FirstCall[];

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return Response.json(answers.shift() ?? { call: null, after: 7 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(application: string) {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <FirstCallSection application={application} tenant="nordbank" />
    </QueryClientProvider>,
  );
}

describe("waiting for the first call", () => {
  it("goes on from where recording stood, shows the call when it is there, and asks no more", async () => {
    answers = [
      { call: null, after: 7 },
      { call: sampleCall({ id: "c1", application: "Checkout", tenant: "nordbank" }), after: 9 },
    ];
    show("Checkout");
    expect(screen.getByText("Waiting for the first call…")).toBeDefined();
    const link = await screen.findByRole("link", { name: "See its evidence" });
    expect(link.getAttribute("href")).toBe("/calls?tenant=nordbank&call=c1");
    expect(asked[0]).not.toContain("after=");
    expect(asked[1]).toContain("after=7");
    expect(asked).toHaveLength(2);
  });

  it("asks nothing where there is no application to wait for", async () => {
    answers = [];
    show("");
    await waitFor(() => expect(screen.getByText(/Make a key first/)).toBeDefined());
    expect(asked).toEqual([]);
  });
});

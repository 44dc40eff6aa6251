import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { TestedStep } from "../../lib/contracts/connectivity.ts";
import { recordedCatalog } from "../../lib/core/verdicts/golden/recorded-catalog.ts";
import { sampleCredential, sampleTenant } from "../tenants/testing/sample-tenant.ts";
import { ConnectivitySection } from "./connectivity-section.tsx";

let stream: ReadableStreamDefaultController<Uint8Array>;
let answer: () => Response;
let asked: unknown;

beforeEach(() => {
  answer = () =>
    new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          stream = controller;
        },
      }),
      { headers: { "content-type": "application/x-ndjson" } },
    );
  vi.stubGlobal("fetch", async (path: string, init: { body?: string; signal?: AbortSignal }) => {
    if (path.startsWith("/api/catalog")) return Response.json({ catalog: recordedCatalog() });
    asked = JSON.parse(init.body ?? "{}");
    init.signal?.addEventListener("abort", () => stream.error(new DOMException("stopped", "AbortError")));
    return answer();
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const credential = sampleCredential({ hosts: ["eu.api.openai.com"], upstream: { kind: "openai" } });

function show(role = "developer") {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ConnectivitySection tenant={sampleTenant({ role, credentials: [credential] })} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const tell = (step: Partial<TestedStep> & Pick<TestedStep, "step" | "state">) =>
  stream.enqueue(
    new TextEncoder().encode(
      `${JSON.stringify({ ms: 12, sentence: `${step.step} told`, remedy: null, code: null, callId: null, ...step })}\n`,
    ),
  );
const stateOf = (step: string) => document.querySelector(`[data-step=${step}]`)?.getAttribute("data-state");

describe("the connectivity test", () => {
  it("fills in each step when it comes, with what failed, its remedy and its call", async () => {
    const user = show();
    await user.click(screen.getByRole("button", { name: "Test" }));
    await waitFor(() => expect(stateOf("dns")).toBe("running"));
    expect(asked).toMatchObject({
      tenant: "nordbank",
      credentialId: credential.id,
      host: "eu.api.openai.com",
    });
    tell({ step: "dns", state: "ok" });
    await waitFor(() => expect(stateOf("dns")).toBe("ok"));
    expect(stateOf("tcp")).toBe("running");
    tell({ step: "tcp", state: "ok" });
    tell({ step: "tls", state: "ok" });
    tell({
      step: "key",
      state: "failed",
      code: "invalid_api_key",
      remedy: "Replace it.",
      callId: "c1",
      ms: null,
    });
    tell({ step: "models", state: "skipped", ms: null });
    tell({ step: "completion", state: "skipped", ms: null });
    stream.close();
    await screen.findByText("Failed: Key. key told");
    const key = within(document.querySelector("[data-step=key]") as HTMLElement);
    expect(key.getByText("invalid_api_key")).toBeDefined();
    expect(key.getByText("Replace it.")).toBeDefined();
    expect(key.getByRole("link").getAttribute("href")).toBe("/calls?tenant=nordbank&call=c1");
  });

  it("can be stopped, and keeps what had come", async () => {
    const user = show();
    await user.click(screen.getByRole("button", { name: "Test" }));
    await waitFor(() => expect(stateOf("dns")).toBe("running"));
    tell({ step: "dns", state: "ok" });
    await waitFor(() => expect(stateOf("dns")).toBe("ok"));
    await user.click(screen.getByRole("button", { name: "Stop" }));
    await screen.findByRole("button", { name: "Test" });
    expect([stateOf("dns"), stateOf("tcp")]).toEqual(["ok", "waiting"]);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("says what the server refused", async () => {
    answer = () =>
      Response.json(
        { code: "not_found", title: "Not found", status: 404, detail: "There is no such credential." },
        { status: 404, headers: { "content-type": "application/problem+json" } },
      );
    const user = show();
    await user.click(screen.getByRole("button", { name: "Test" }));
    expect((await screen.findByRole("alert")).textContent).toContain("There is no such credential.");
  });

  it("is not for an auditor", () => {
    show("auditor");
    expect((screen.getByRole("button", { name: "Test" }) as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText(/You are an auditor here/)).toBeDefined();
  });
});

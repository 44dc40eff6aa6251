import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { CallProof } from "../../lib/contracts/ledger.ts";
import { callDraft } from "../../lib/core/ledger/entries/call-draft.ts";
import {
  lostTrustRoot,
  sampleLog,
  sampleOrigin,
  sampleTrustRoot,
} from "../../lib/core/ledger/testing/sample-log.ts";
import { unknownPin } from "../../lib/core/policies/policy.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { chat, dialled, preset } from "../../lib/core/testing/case.ts";
import { recordedCall } from "../../lib/core/testing/recorded-call.ts";
import { CallProofPart } from "./call-proof-part.tsx";

const recorded = recordedCall({
  facts: chat(),
  attempts: [dialled("eu.api.openai.com")],
  policy: preset("eea_ch"),
  catalog: openaiCatalog,
  pin: unknownPin,
  intendedRegion: "eu",
  refusal: null,
});
const { id } = recorded.record;
const { type, body } = callDraft(recorded);
const log = sampleLog(12, { 5: { type, body } });
const place = { origin: sampleOrigin, epoch: 1, index: 5 };
const proven = (proof: string): CallProof => ({
  ...place,
  state: "proven",
  size: 12,
  signedAt: "2026-11-22T09:00:10.000Z",
  sealed: null,
  proof,
});

let proof: CallProof;
let trustRoot: Response;

beforeEach(() => {
  proof = proven(log.proofOf(5));
  trustRoot = new Response(JSON.stringify(sampleTrustRoot()));
  vi.stubGlobal("fetch", async (path: string) =>
    path.startsWith("/api/calls/") ? Response.json(proof) : trustRoot,
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(of = id) {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <CallProofPart id={of} />
    </QueryClientProvider>,
  );
}

describe("the proof of a call", () => {
  it("is checked in the browser, and the keys' origin is told with the outcome", async () => {
    show();
    expect(
      await screen.findByText(
        "Checked in this browser just now: the entry's bytes hash into the checkpoint of size 12, the log's key signed it, and the entry is about this call.",
      ),
    ).toBeDefined();
    const text = document.body.textContent ?? "";
    expect(text).toContain("The keys came from this same deployment");
    expect(text).toContain("compare its fingerprint with one you were given another way");
    expect(text).toContain(`"id": "${id}"`);
    const link = screen.getByRole("link", { name: "Download the proof" });
    expect(link.getAttribute("href")).toBe(`/api/calls/${id}/proof/file`);
  });

  it.each<[string, () => void]>([
    [
      "a byte of the entry was changed",
      () => (proof = proven(log.proofOf(5).replace(/^(extra .{40})./m, "$1A"))),
    ],
    [
      "a hash of the path was changed",
      () => (proof = proven(log.proofOf(5).replace(/^(index 5\n)./m, "$1/"))),
    ],
    ["it is the proof of another entry", () => (proof = proven(log.proofOf(4)))],
    [
      "a key in the trust root is another one",
      () => (trustRoot = new Response(JSON.stringify(sampleTrustRoot({}, { to_size: 3 })))),
    ],
    ["the trust root cannot be read", () => (trustRoot = new Response('{"v":2}'))],
  ])("does not hold where %s", async (_what, change) => {
    change();
    show();
    expect(await screen.findByText(/it does not hold/)).toBeDefined();
    expect(document.body.textContent).not.toMatch(/hash into the checkpoint/);
  });

  it("does not hold for another call than the one it was asked for", async () => {
    show("019aab00-0000-7000-8000-0000000000ff");
    expect(
      await screen.findByText(/it does not hold: The entry is about something else than this call/),
    ).toBeDefined();
  });

  it("cannot be told without a trust root, and nothing is claimed", async () => {
    trustRoot = Response.json(
      { type: "x", title: "Not found", status: 404, code: "not_found", detail: "None yet." },
      { status: 404, headers: { "content-type": "application/problem+json" } },
    );
    show();
    expect(await screen.findByText(/cannot be told for sure/)).toBeDefined();
    expect(document.body.textContent).toContain("No trust root has been published");
  });

  it("waits for the next checkpoint, and shows what the entry says already", async () => {
    proof = { ...place, state: "waiting", frozen: false, entry: '{"at":"2026-11-22T09:00:00.000Z"}' };
    show();
    expect(await screen.findByText(/Waiting for the next checkpoint \(signed every 10 s\)/)).toBeDefined();
    expect(document.body.textContent).toContain("Number 5 of its log");
    expect(screen.queryByRole("link", { name: "Download the proof" })).toBeNull();
  });

  it("does not wait for the next checkpoint while the log is frozen", async () => {
    proof = { ...place, state: "waiting", frozen: true, entry: null };
    show();
    expect(await screen.findByText(/Not signed: the log is frozen/)).toBeDefined();
    expect(document.body.textContent).not.toMatch(/Waiting for the next checkpoint/);
  });

  it("is none behind the place where the log was sealed, and none is promised", async () => {
    const sealed = { size: 3, reason: "Left on a bench.", keysLost: true };
    proof = { ...place, state: "beyond_seal", sealed, entry: '{"at":"2026-11-22T09:00:00.000Z"}' };
    show();
    expect(
      await screen.findByText(
        /Recorded, and not proven: its log was sealed at 3 entries \( ?Left on a bench/,
      ),
    ).toBeDefined();
    expect(document.body.textContent).toMatch(/2026-11-22T09:00:00.000Z/);
    expect(document.body.textContent).not.toMatch(/Waiting|does not hold/);
    expect(screen.queryByRole("link", { name: "Download the proof" })).toBeNull();
  });

  it("holds by the trust root's own word where the log was sealed because its keys were lost, without a time", async () => {
    const sealed = { size: 12, reason: "Left on a bench.", keysLost: true };
    proof = { ...proven(log.proofOf(5)), sealed } as CallProof;
    trustRoot = new Response(JSON.stringify(lostTrustRoot(12, log.rootAt(12))));
    show();
    expect(
      await screen.findByText(/the trust root itself names that head, at which the log was sealed/),
    ).toBeDefined();
    const text = document.body.textContent ?? "";
    expect(text).toContain("Size 12. The log was sealed there: Left on a bench.");
    expect(text).not.toContain("the log's key signed it");
    expect(text).not.toContain("09:00:10");
  });

  it("is none for a call from before the ledger, and that is said", async () => {
    proof = { state: "not_in_ledger" };
    show();
    expect(await screen.findByText(/Not in the ledger: recorded before the ledger existed/)).toBeDefined();
    expect(screen.queryByRole("link")).toBeNull();
  });
});

import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { CheckpointPage, LedgerOverview, LogDetail } from "../../lib/contracts/ledger.ts";
import { LedgerBrowser } from "./ledger-browser.tsx";
import { asOf, sampleCheckpoint, sampleLog, sampleSummary } from "./testing/sample-log.ts";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

let answers: Record<string, unknown>;

beforeEach(() => {
  answers = {
    "/api/ledger": { asOf, logs: [sampleSummary()], trustRoot: null } satisfies LedgerOverview,
    "/api/ledger/log": sampleLog(),
    "/api/ledger/checkpoints": { items: [], nextCursor: null } satisfies CheckpointPage,
  };
  vi.stubGlobal("fetch", async (path: string) => {
    const answer = answers[new URL(path, "https://domicile.test").pathname];
    return answer instanceof Response ? answer.clone() : Response.json(answer);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(search = "?tenant=nordbank", only: string | null = null, none = false) {
  render(
    <NuqsTestingAdapter searchParams={search}>
      <QueryClientProvider client={createQueryClient()}>
        <LedgerBrowser none={none} only={only} />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
}

/** The page's answer, narrow spaces as spaces. */
const answer = async () =>
  (await screen.findByTestId("ledger-answer")).textContent?.replaceAll("\u202f", " ") ?? "";

describe("one log", () => {
  it("is called whole only with the date of the full check that says so", async () => {
    open();
    expect(await answer()).toBe(
      "The record is whole by its last full check, 22 Nov 2026 02:00 UTC, and signed up to 22 Nov 2026 11:59:56 UTC.",
    );
  });

  it("is not called whole before it was recomputed in full", async () => {
    answers["/api/ledger/log"] = sampleLog({ state: "signed", verifiedAt: null, verifications: [] });
    open();
    expect(await answer()).toBe(
      "Nothing contradicts the record: 1 200 entries are signed, up to 22 Nov 2026 11:59:56 UTC. It has not yet been recomputed in full.",
    );
    expect(screen.getAllByText("Not made yet")).toHaveLength(2);
    expect(document.body.textContent).not.toMatch(/is whole/);
  });

  it("says of a frozen log why, what it means and what to do", async () => {
    answers["/api/ledger/log"] = sampleLog({
      state: "frozen",
      reason: "The database holds 900 entries where 1200 were signed: the tail is gone.",
    } satisfies Partial<LogDetail>);
    open();
    expect(await answer()).toBe(
      "This log is frozen: nothing has been signed since 22 Nov 2026 11:59:56 UTC.",
    );
    const text = document.body.textContent ?? "";
    expect(text).toContain("What was found. The database holds 900 entries where 1200 were signed");
    expect(text).toContain("What it means. The signer remembers, outside the database, what it has signed.");
    expect(text).toContain("What to do. Keep the database and the signer's state as they are");
    expect(text).not.toMatch(/is whole/);
  });

  it("tells a signer that never ran from one that fell silent", async () => {
    answers["/api/ledger/log"] = sampleLog({
      state: "unsigned",
      checkpoint: null,
      root: null,
      verifiedAt: null,
      verifications: [],
      waiting: 1200,
      waitingSince: "2026-11-22T11:59:00.000Z",
    });
    open();
    expect(await answer()).toBe(
      "This log has not been signed yet: 1 200 entries wait for the first checkpoint.",
    );
    expect(document.body.textContent).toContain("npm run signer");
    cleanup();
    answers["/api/ledger/log"] = sampleLog({
      state: "silent",
      waiting: 1,
      waitingSince: "2026-11-22T11:55:00.000Z",
    });
    open();
    expect(await answer()).toBe(
      "The signer is silent: 1 entry waits for a checkpoint, the oldest for 5 min.",
    );
  });

  it("counts calls from before the ledger and says that nothing proves them", async () => {
    answers["/api/ledger/log"] = sampleLog({ callsBefore: 7068 });
    open();
    expect(await screen.findByText(/7 068 calls recorded before the ledger existed/)).toBeDefined();
    expect(document.body.textContent).toContain("nothing proves them, and nothing is added afterwards");
  });

  it("offers each checkpoint to keep, and the proof between the two that are chosen", async () => {
    answers["/api/ledger/checkpoints"] = {
      items: [
        sampleCheckpoint(),
        sampleCheckpoint({ size: 1200, signedAt: "2026-11-22T10:59:56.000Z" }),
        sampleCheckpoint({ size: 800, signedAt: "2026-11-22T09:00:00.000Z" }),
        sampleCheckpoint({ size: 3, signedAt: "2026-11-22T08:00:00.000Z" }),
      ],
      nextCursor: null,
    } satisfies CheckpointPage;
    open();
    expect(await screen.findAllByRole("link", { name: /^Note of the checkpoint of size/ })).toHaveLength(4);
    const proof = screen.getByRole("link", { name: "Download the proof" });
    expect(proof.getAttribute("href")).toBe("/api/ledger/consistency?tenant=nordbank&epoch=1&from=3&to=1200");
    const user = userEvent.setup();
    await user.selectOptions(screen.getByLabelText("Newer"), "1/800");
    expect(proof.getAttribute("href")).toBe("/api/ledger/consistency?tenant=nordbank&epoch=1&from=3&to=800");
    expect(within(screen.getByLabelText("Older")).getAllByRole("option")).toHaveLength(1);
  });

  it("advises to compare the fingerprint by a way that does not lead through here", async () => {
    open();
    const section = (await screen.findByRole("heading", { name: "Trust root" })).closest("section");
    expect(section?.textContent).toContain("c0ffee");
    expect(section?.textContent).toContain("by a way that does not lead through it");
  });

  it("says so where it cannot be read, and offers to try again", async () => {
    answers["/api/ledger/log"] = Response.json(
      { type: "x", title: "Not allowed", status: 403, code: "forbidden", detail: "Only for some." },
      { status: 403, headers: { "content-type": "application/problem+json" } },
    );
    open();
    expect(await screen.findByText("There is no such log for you")).toBeDefined();
    expect(screen.getByText("Only for some.")).toBeDefined();
    expect(document.body.textContent).not.toMatch(/is whole|Nothing contradicts/);
  });
});

describe("a log of two epochs", () => {
  const [tree, rows] = sampleLog().verifications;
  const epochs: LogDetail["epochs"] = [
    { epoch: 2, origin: "o/e2", openedAt: "2026-11-20T08:00:00.000Z", entries: 1200, sealed: null },
    {
      epoch: 1,
      origin: "o/e1",
      openedAt: "2026-10-01T08:00:00.000Z",
      entries: 310,
      sealed: { size: 300, reason: "Key compromise." },
    },
  ];
  const both = (epoch: number, over: object = {}) =>
    [tree, rows].map((each) => ({ ...each, epoch, ...over })) as unknown as LogDetail["verifications"];

  it("with a difference in the earlier one is not called whole, and says in which", async () => {
    const sentence = "The full check found a difference.";
    answers["/api/ledger/log"] = sampleLog({
      state: "failed",
      epoch: 2,
      epochs,
      verifiedAt: null,
      reason: `Epoch 1: ${sentence}`,
      verifications: [
        ...both(2),
        ...both(1, { intact: false, sentence, differences: 250, found: ["a", "b"] }),
      ],
    });
    open();
    expect(await answer()).toMatch(/^The last full check found a difference/);
    const text = document.body.textContent ?? "";
    expect(text).toContain(`What was found. Epoch 1: ${sentence}`);
    const section = screen.getByRole("heading", { name: "Last full check" }).closest("section");
    expect(within(section as HTMLElement).getAllByText("Difference found")).toHaveLength(2);
    expect(within(section as HTMLElement).getAllByText("No difference")).toHaveLength(2);
    expect(within(section as HTMLElement).getAllByText("The first 2 of 250 differences")).toHaveLength(2);
    expect(within(section as HTMLElement).getAllByText(/^Epoch 1: $|Epoch 1: From bytes/)).not.toEqual([]);
    expect(text).toContain("10 entries stand behind it and are not proven");
    expect(text).not.toMatch(/is whole/);
  });

  it("says which of them has not been recomputed", async () => {
    answers["/api/ledger/log"] = sampleLog({
      state: "signed",
      epoch: 2,
      epochs,
      verifiedAt: null,
      verifications: both(1),
    });
    open();
    expect(await answer()).toMatch(/Epoch 2 has not yet been recomputed in full\.$/);
  });

  it("offers no proof of what was signed behind the seal", async () => {
    answers["/api/ledger/log"] = sampleLog({ epoch: 2, epochs, verifications: [...both(2), ...both(1)] });
    answers["/api/ledger/checkpoints"] = {
      items: [310, 300, 120].map((size) => sampleCheckpoint({ size })),
      nextCursor: null,
    } satisfies CheckpointPage;
    open();
    expect(await screen.findByText("Behind the seal: does not count")).toBeDefined();
    const sizes = within(screen.getByLabelText("Newer")).getAllByRole("option");
    expect(sizes.map((each) => each.textContent?.split(" · ")[0])).toEqual(["300", "120"]);
  });

  it("is sealed, and not silent, until the next one is open", async () => {
    answers["/api/ledger/log"] = sampleLog({
      state: "sealed",
      epochs: epochs.slice(1),
      reason: "This log is sealed at 300 entries and goes on as epoch 2.",
      waiting: 10,
      waitingSince: "2026-11-22T11:00:00.000Z",
    });
    open();
    expect(await answer()).toBe("This epoch is sealed: the next one is not open yet.");
    expect(document.body.textContent).toContain("npm run worker");
    expect(document.body.textContent).not.toContain("npm run signer");
  });
});

describe("all logs", () => {
  it("are answered with the gravest of them, by name", async () => {
    answers["/api/ledger"] = {
      asOf,
      trustRoot: null,
      logs: [
        sampleSummary(),
        sampleSummary({ tenant: "nordbank-us", state: "frozen", reason: "Shorter than signed." }),
        sampleSummary({ log: "system", tenant: null, state: "silent", waiting: 4 }),
      ],
    } satisfies LedgerOverview;
    open("");
    expect(await answer()).toBe("1 log is frozen: nordbank-us.");
    const table = screen.getByRole("table", { name: "Every log you may read" });
    expect(within(table).getByText("The deployment itself")).toBeDefined();
    expect(within(table).getByText("Signer silent")).toBeDefined();
  });

  it("are whole only where every one of them is", async () => {
    answers["/api/ledger"] = {
      asOf,
      trustRoot: null,
      logs: [sampleSummary(), sampleSummary({ tenant: "b", state: "signed", verifiedAt: null })],
    } satisfies LedgerOverview;
    open("");
    expect(await answer()).toBe("Nothing contradicts the record. 1 log has not yet been recomputed in full.");
    cleanup();
    answers["/api/ledger"] = {
      asOf,
      trustRoot: null,
      logs: [sampleSummary(), sampleSummary({ tenant: "b" })],
    };
    open("");
    expect(await answer()).toBe("Every record is whole by its last full check, and signed.");
  });

  it("claims nothing for a reader who may see none", async () => {
    open("", null, true);
    expect(await screen.findByText("You are a member of no tenant")).toBeDefined();
  });
});

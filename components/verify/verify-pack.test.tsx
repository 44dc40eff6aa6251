import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ThreadAnswer, ThreadOrder, VerifyOutcome } from "./verify-messages.ts";
import { VerifyPack } from "./verify-pack.tsx";

const outcome: VerifyOutcome = {
  verdict: "PASS",
  checks: [{ name: "archive", result: "PASS", words: "It is one." }],
  notProven: [],
  manifest: null,
  counts: { entries: 12, absent: 0, judgedAgain: 10, cut: 0, unjudged: 0, opened: 0 },
  faults: [],
  signedAt: null,
  figures: [],
  fingerprint: null,
  deployment: null,
  tookMs: 5,
};

/** A thread that does what the test says. */
class FakeWorker {
  static readonly all: FakeWorker[] = [];
  onmessage: ((event: { data: ThreadAnswer }) => void) | null = null;
  onerror: ((event: { preventDefault: () => void }) => void) | null = null;
  readonly orders: ThreadOrder[] = [];
  isEnded = false;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(order: ThreadOrder): void {
    this.orders.push(order);
  }

  terminate(): void {
    this.isEnded = true;
  }

  say(data: ThreadAnswer): void {
    act(() => this.onmessage?.({ data }));
  }

  die(): void {
    act(() => this.onerror?.({ preventDefault: () => undefined }));
  }
}

const thread = (number: number): FakeWorker => FakeWorker.all[number] as FakeWorker;
const lastRun = (worker: FakeWorker): number => worker.orders.at(-1)?.run ?? 0;
const put = (label: string, name: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { files: [new File(["x"], name)] } });

async function begin(): Promise<void> {
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Verify" })));
}

beforeEach(() => {
  FakeWorker.all.length = 0;
  vi.stubGlobal("Worker", FakeWorker);
  vi.useFakeTimers();
  render(<VerifyPack />);
  for (const worker of [...FakeWorker.all]) worker.say({ is: "ready" });
  put("Report pack", "pack.zip");
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("shows no verdict under files that it was not found of", async () => {
  await begin();
  thread(0).say({ is: "outcome", run: lastRun(thread(0)), outcome });
  expect(screen.getByTestId("verify-result").textContent).toContain("PASS");
  put("Trust root", "trust-root.json");
  expect(screen.queryByTestId("verify-result")).toBeNull();
  put("Report pack", "other.zip");
  await begin();
  thread(0).say({ is: "outcome", run: lastRun(thread(0)), outcome: { ...outcome, verdict: "FAIL" } });
  expect(screen.getByTestId("verify-result").textContent).toContain("FAIL");
});

it("hears nothing more of a run that was stopped, and goes on with the same thread", async () => {
  await begin();
  const first = lastRun(thread(0));
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  thread(0).say({ is: "progress", run: first, entries: 5, of: 12 });
  expect(screen.queryByRole("status")).toBeNull();
  thread(0).say({ is: "left", run: first });
  await begin();
  act(() => vi.advanceTimersByTime(10_000));
  expect([FakeWorker.all.length, thread(0).isEnded]).toEqual([2, false]);
  thread(0).say({ is: "outcome", run: first, outcome: { ...outcome, verdict: "FAIL" } });
  expect(screen.queryByTestId("verify-result")).toBeNull();
  thread(0).say({ is: "outcome", run: lastRun(thread(0)), outcome });
  expect(screen.getByTestId("verify-result").textContent).toContain("PASS");
});

it("ends a thread that does not leave off, and gives what was asked for meanwhile to the other", async () => {
  await begin();
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  await begin();
  act(() => vi.advanceTimersByTime(3_000));
  expect(thread(0).isEnded).toBe(true);
  expect(thread(1).orders).toHaveLength(1);
  thread(1).say({ is: "outcome", run: lastRun(thread(1)), outcome });
  expect(screen.getByTestId("verify-result").textContent).toContain("PASS");
});

it("says so where the thread at work dies, and verifies the next pack with the other", async () => {
  await begin();
  thread(0).die();
  expect(screen.getByText(/broke off over this pack/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
  put("Report pack", "other.zip");
  await begin();
  expect(thread(1).orders).toHaveLength(1);
  expect(thread(1).isEnded).toBe(false);
});

it("says that it did not load where no thread does, and that offline a third is not needed", async () => {
  await begin();
  thread(0).die();
  // Offline: what was to take its place does not load.
  thread(2).die();
  await begin();
  thread(1).say({ is: "outcome", run: lastRun(thread(1)), outcome });
  expect(screen.getByTestId("verify-result").textContent).toContain("PASS");
  thread(1).die();
  thread(3).die();
  expect(screen.getByText(/did not load/)).toBeDefined();
});

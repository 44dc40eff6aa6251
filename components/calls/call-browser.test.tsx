import { focusManager, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { NuqsTestingAdapter, type UrlUpdateEvent } from "nuqs/adapters/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { CallPage, NewCalls } from "../../lib/contracts/calls.ts";
import type { CallProof } from "../../lib/contracts/ledger.ts";
import type { CallRestatement, RestatedCalls } from "../../lib/contracts/restatements.ts";
import { CallBrowser } from "./call-browser.tsx";
import { sampleCall, sampleDetail, samplePage } from "./testing/sample-call.ts";

const first = sampleCall({ id: "01a20430-0000-7000-8000-000000000002" });
const second = sampleCall({
  id: "01a20430-0000-7000-8000-000000000001",
  startedAt: "2026-11-22T16:00:00.000Z",
  host: "eu.api.openai.com",
});
const fresh = sampleCall({
  id: "01a20431-0000-7000-8000-000000000003",
  startedAt: "2026-11-22T17:00:00.000Z",
});

/** What the tail answers once: one call, recorded after the list was read. */
const oneNewCall = (url: URL): NewCalls => ({
  items: url.searchParams.get("after") === "t-start" ? [fresh] : [],
  cursor: "t-later",
  more: false,
});

/** What our own `/api` answers in this test, by path; a test overwrites what it is about. */
let answers: Record<string, (url: URL) => unknown>;
let asked: URL[];

beforeEach(() => {
  asked = [];
  answers = {
    "/api/calls": () => samplePage([first, second]),
    "/api/restatements/calls": () => ({ moves: [], calls: 0, listed: [] }) satisfies RestatedCalls,
    "/api/calls/new": () => ({ items: [], cursor: "t-start", more: false }) satisfies NewCalls,
  };
  vi.stubGlobal("matchMedia", () => ({
    matches: true,
    addEventListener: () => {},
    removeEventListener: () => {},
  }));
  vi.stubGlobal("fetch", async (path: string) => {
    const url = new URL(path, "https://domicile.test");
    asked.push(url);
    const answer = (answers[url.pathname] ?? detailOf)(url);
    return answer instanceof Response ? answer : Response.json(answer);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function detailOf(url: URL) {
  if (url.pathname.endsWith("/proof")) return { state: "not_in_ledger" } satisfies CallProof;
  if (url.pathname.endsWith("/restatements")) return [] satisfies CallRestatement[];
  const id = url.pathname.split("/").at(-1) ?? "";
  return sampleDetail({ id, operation: id === first.id ? "chat.completions.create" : "embeddings.create" });
}

function open(searchParams = "") {
  const urls: string[] = [];
  render(
    <NuqsTestingAdapter
      hasMemory
      onUrlUpdate={(event: UrlUpdateEvent) => urls.push(event.queryString)}
      searchParams={searchParams}
    >
      <QueryClientProvider client={createQueryClient()}>
        <CallBrowser />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  return { urls, user: userEvent.setup() };
}

const rows = async () =>
  within(await screen.findByRole("table"))
    .getAllByRole("row")
    .slice(1);

describe("the list of calls", () => {
  it("asks for exactly what the URL says", async () => {
    open("?verdict=violation&host=api.openai.com&range=24h");
    await rows();
    expect(asked.find(({ pathname }) => pathname === "/api/calls")?.search).toBe(
      "?range=24h&verdict=violation&host=api.openai.com",
    );
  });

  it("filters by a value that is clicked, in the URL", async () => {
    const { urls, user } = open();
    const [row] = await rows();
    if (row === undefined) throw new Error("no row");
    await user.click(within(row).getByTitle("Only host api.openai.com"));
    await waitFor(() => expect(urls.at(-1)).toBe("?host=api.openai.com"));
    expect(asked.some((url) => url.search === "?host=api.openai.com")).toBe(true);
  });

  it("announces new calls and moves nothing until they are let in", async () => {
    answers["/api/calls/new"] = oneNewCall;
    const { user } = open();
    const bar = await screen.findByRole("button", { name: "1 new call" });
    expect(await rows()).toHaveLength(2);
    await user.click(bar);
    const shown = await rows();
    expect(shown).toHaveLength(3);
    expect(within(shown[0] as HTMLElement).getByRole("link").id).toBe(`call-${fresh.id}`);
  });

  it("lets new calls in by itself while it is live", async () => {
    answers["/api/calls/new"] = oneNewCall;
    open("?live=on");
    await waitFor(async () => expect(await rows()).toHaveLength(3));
    expect(screen.queryByRole("button", { name: "1 new call" })).toBeNull();
  });

  it("keeps what flowed in when the tail is paused", async () => {
    answers["/api/calls/new"] = oneNewCall;
    const { user } = open("?live=on");
    await waitFor(async () => expect(await rows()).toHaveLength(3));
    await user.click(screen.getByRole("button", { name: "Live" }));
    await screen.findByRole("button", { name: "Follow live" });
    expect(await rows()).toHaveLength(3);
  });

  it("exports what the list and its tail show: up to where recording stood, and no call that waits", async () => {
    answers["/api/calls/new"] = oneNewCall;
    const { user } = open();
    const bar = await screen.findByRole("button", { name: "1 new call" });
    const file = async () => {
      await user.click(screen.getByRole("button", { name: "Export" }));
      const link = await screen.findByRole("link", { name: "Download" });
      const { searchParams } = new URL(link.getAttribute("href") ?? "", "https://domicile.test");
      await user.keyboard("{Escape}");
      return ["from", "to", "upTo"].map((word) => searchParams.get(word));
    };
    const from = "2026-11-15T17:00:00.000Z";
    expect(await file()).toEqual([from, "2026-11-22T17:00:00.000Z", "t-start"]);
    await user.click(bar);
    expect(await file()).toEqual([from, "2026-11-22T17:00:00.001Z", "t-later"]);
    // The tail, too, begins where the list does.
    const tail = asked.filter(({ pathname }) => pathname === "/api/calls/new");
    expect(new Set(tail.map(({ searchParams }) => searchParams.get("since")))).toEqual(new Set([from]));
  });

  it("counts what flowed in: the sentence and the facets do not leave out what the list shows", async () => {
    const violations = (calls: number) => ({
      facets: { ...samplePage([]).facets, verdict: [{ value: "violation", calls }] },
    });
    answers["/api/calls"] = (url) =>
      url.searchParams.get("limit") === "1"
        ? samplePage([fresh], { totalCalls: 3, ...violations(3) })
        : samplePage([first, second], violations(2));
    answers["/api/calls/new"] = oneNewCall;
    const { user } = open();
    const bar = await screen.findByRole("button", { name: "1 new call" });
    expect(screen.getByText(/2 calls · 2 outside policy/)).toBeDefined();
    await user.click(bar);
    await screen.findByText(/3 calls · 3 outside policy/);
    const counts = asked.filter(({ searchParams }) => searchParams.get("limit") === "1");
    // Once for what was let in, of the list's window up to now.
    expect(counts.map(({ search }) => search)).toEqual(["?from=2026-11-15T17%3A00%3A00.000Z&limit=1"]);
    expect(screen.getByText("3 calls, all that match")).toBeDefined();
  });

  it("says which part of a longer range it is, never that it is complete, and leads to the stretch before", async () => {
    const window: CallPage["window"] = {
      from: "2026-10-22T17:00:00.000Z",
      to: "2026-11-22T17:00:00.000Z",
      coverage: "part",
      asked: { from: "2026-09-23T17:00:00.000Z", to: "2026-11-22T17:00:00.000Z" },
    };
    answers["/api/calls"] = () => samplePage([first, second], { window });
    const { user } = open("?range=60d&band=outside");
    await rows();
    const sentence = screen.getByText(/2 calls match/);
    expect(sentence.textContent).toContain("the last 31 of 60 days");
    expect(sentence.textContent).not.toContain("complete");
    const before = () => screen.getAllByRole("link", { name: "Show the 29 days before" });
    const href = "/calls?range=60d&from=2026-09-23T17:00:00.000Z&to=2026-10-22T17:00:00.000Z&band=outside";
    expect(before().map((link) => link.getAttribute("href"))).toEqual([href]);
    expect(screen.getByRole("button", { name: /60 d$/ }).getAttribute("aria-pressed")).toBe("true");
    // What was restated is told of the time that is listed.
    await waitFor(() =>
      expect(
        asked.some(
          ({ pathname, searchParams }) =>
            pathname === "/api/restatements/calls" && searchParams.get("from") === window.from,
        ),
      ).toBe(true),
    );
    await user.click(screen.getByRole("button", { name: "Export" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("the last 31 of 60 days");
    expect(within(dialog).getByRole("link", { name: "Show the 29 days before" }).getAttribute("href")).toBe(
      href,
    );
  });

  it("looks for nothing new in a range that has ended", async () => {
    open("?from=2026-11-20T00:00:00.000Z&to=2026-11-21T00:00:00.000Z");
    await rows();
    expect(asked.filter((url) => url.pathname === "/api/calls/new")).toEqual([]);
    expect(screen.getByRole("button", { name: "Follow live" }).hasAttribute("disabled")).toBe(true);
  });
});

describe("a restated call", () => {
  it("keeps its first verdict, and what it was restated to stands beside it and above the list", async () => {
    answers["/api/restatements/calls"] = () =>
      ({
        moves: [
          { before: first.verdict, after: "unverifiable", bandBefore: null, bandAfter: null, calls: 1 },
        ],
        calls: 1,
        listed: [{ id: first.id, startedAt: first.startedAt, verdict: "unverifiable", band: "unverifiable" }],
      }) satisfies RestatedCalls;
    open();
    expect(await screen.findByText(/1 call of this time was restated/)).toBeTruthy();
    // They are listed there, also those that no page of the list has reached.
    const link = screen.getByLabelText("Restated calls").querySelector("a");
    expect(link?.getAttribute("href")).toMatch(new RegExp(`^/calls\\?.*call=${first.id}$`));
    const [one, two] = await rows();
    expect(one?.textContent).toContain("Restated: Not verifiable");
    expect(one?.querySelector("[data-verdict]")?.getAttribute("data-verdict")).toBe(first.verdict);
    expect(two?.textContent).not.toContain("Restated");
  });
});

describe("the faces of the list", () => {
  const faced = async () => (await screen.findByText(/^No (call|recorded)/)).textContent;

  it("says that nothing was recorded where nothing was", async () => {
    answers["/api/calls"] = () => samplePage([]);
    open();
    expect(await faced()).toMatch(/^No call was recorded in 15 Nov 2026 17:00/);
  });

  it("says that nothing matches where filters leave nothing", async () => {
    answers["/api/calls"] = () => samplePage([]);
    open("?host=jp.api.openai.com");
    expect(await faced()).toBe("No call matches these filters");
  });

  it("says that no recorded call went outside policy, with time and coverage, where that was asked", async () => {
    answers["/api/calls"] = () => samplePage([]);
    open("?verdict=violation");
    expect(await faced()).toMatch(
      /^No recorded call went outside policy in 15 Nov 2026 17:00 – 22 Nov 2026 17:00 UTC$/,
    );
    expect(screen.getByText(/Coverage complete/)).toBeDefined();
  });

  it("never claims that none went outside policy where other filters narrow the question", async () => {
    answers["/api/calls"] = () => samplePage([]);
    open("?verdict=violation&host=eu.api.openai.com");
    expect(await faced()).toBe("No call matches these filters");
  });

  it("never claims that none exists while the search has only stopped", async () => {
    const pages: Record<string, CallPage> = {
      "": samplePage([], { scanStopped: true, nextCursor: "c1", totalCalls: 1 }),
      c1: samplePage([second]),
    };
    answers["/api/calls"] = (url) => pages[url.searchParams.get("cursor") ?? ""];
    const { user } = open("?verdict=violation");
    await user.click(await screen.findByRole("button", { name: "Continue the search" }));
    expect(await rows()).toHaveLength(1);
    expect(screen.queryByText(/^No recorded call/)).toBeNull();
  });

  it("shows the problem's own sentence, and tries again when asked", async () => {
    const problem = { code: "invalid_input", detail: "The range ends before it begins.", status: 400 };
    answers["/api/calls"] = () =>
      Response.json(problem, { status: 400, headers: { "content-type": "application/problem+json" } });
    const { user } = open();
    expect((await screen.findByRole("alert")).textContent).toContain("The range ends before it begins.");
    answers["/api/calls"] = () => samplePage([first]);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await rows()).toHaveLength(1);
  });

  it("goes on from the page's cursor", async () => {
    const pages: Record<string, CallPage> = {
      "": samplePage([first], { nextCursor: "c1", totalCalls: 2 }),
      c1: samplePage([second], { totalCalls: 2 }),
    };
    answers["/api/calls"] = (url) => pages[url.searchParams.get("cursor") ?? ""];
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Load more" }));
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    expect(screen.getByText("2 calls, all that match")).toBeDefined();
    const next = asked.find(({ searchParams }) => searchParams.get("cursor") === "c1");
    expect(next?.searchParams.get("upTo")).toBe("t-start");
    // Whoever goes on reads more than whoever begins.
    expect(next?.searchParams.get("limit")).toBe("200");
  });
});

describe("the side sheet", () => {
  it("opens the call of the URL, moves with J and K, closes with Escape and gives focus back to the row", async () => {
    const { urls, user } = open(`?call=${first.id}`);
    await rows();
    await screen.findByRole("heading", { name: "chat.completions.create" });
    await user.keyboard("j");
    await waitFor(() => expect(urls.at(-1)).toBe(`?call=${second.id}`));
    await screen.findByRole("heading", { name: "embeddings.create" });
    await user.keyboard("k");
    await waitFor(() => expect(urls.at(-1)).toBe(`?call=${first.id}`));
    await user.keyboard("j");
    await screen.findByRole("heading", { name: "embeddings.create" });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(urls.at(-1)).toBe(""));
    await waitFor(() => expect(document.activeElement?.id).toBe(`call-${second.id}`));
  });

  it("asks for the evidence of what is opened alone: each answer is noted as a look", async () => {
    const { user } = open(`?call=${first.id}`);
    const looks = () =>
      asked.map(({ pathname }) => pathname).filter((path) => /^\/api\/calls\/[\da-f-]{36}$/.test(path));
    await rows();
    await screen.findByRole("heading", { name: "chat.completions.create" });
    expect(looks()).toEqual([`/api/calls/${first.id}`]);
    await user.keyboard("j");
    await screen.findByRole("heading", { name: "embeddings.create" });
    expect(looks()).toEqual([`/api/calls/${first.id}`, `/api/calls/${second.id}`]);
  });

  it("does not ask for the open call's evidence again when the window is focused", async () => {
    open(`?call=${first.id}`);
    await rows();
    await screen.findByRole("heading", { name: "chat.completions.create" });
    const before = asked.length;
    const later = Date.now() + 60 * 60_000;
    vi.spyOn(Date, "now").mockImplementation(() => later);
    focusManager.setFocused(false);
    focusManager.setFocused(true);
    // What does change is asked for again, so that the focus was seen.
    await waitFor(() => expect(asked.length).toBeGreaterThan(before));
    focusManager.setFocused(undefined);
    expect(asked.slice(before).map(({ pathname }) => pathname)).not.toContain(`/api/calls/${first.id}`);
  });

  it("stays where it is at the end of the list", async () => {
    const { urls, user } = open(`?call=${second.id}`);
    await rows();
    await screen.findByRole("heading", { name: "embeddings.create" });
    await user.keyboard("j");
    expect(urls).toEqual([]);
    expect(screen.getByRole("button", { name: "Next call" }).hasAttribute("disabled")).toBe(true);
  });
});

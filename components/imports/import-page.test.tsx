import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { ImportPreview, ImportSummary } from "../../lib/contracts/imports.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { TenantsProvider } from "../layout/tenants.tsx";
import { ImportPage } from "./import-page.tsx";

const csv = "time,url,prompt\n2026-11-28T10:00:00Z,eu.api.openai.com,SECRET\nsoon,eu.api.openai.com,SECRET\n";
const counts = { records: 2, recorded: 1, duplicate: 0, conflict: 0, joined: 0, ignored: 0, rejected: 1 };
const made: ImportSummary = {
  id: "01a20430-0000-7000-8000-000000000001",
  tenant: "bank",
  application: "batch",
  state: "done",
  format: "csv",
  fileName: "calls.csv",
  fileBytes: csv.length,
  bytesTaken: csv.length,
  dryRun: false,
  startedBy: "Ada",
  createdAt: "2026-11-28T10:00:00.000Z",
  endedAt: "2026-11-28T10:00:01.000Z",
  partsWaiting: 0,
  partsTaken: 1,
  counts,
  errorsKept: 1,
  hosts: [{ host: "eu.api.openai.com", calls: 1 }],
  earliest: "2026-11-28T10:00:00.000Z",
  latest: "2026-11-28T10:00:00.000Z",
};
const told = {
  message: null,
  startedAt: "2026-11-28T10:00:00.000Z",
  host: "eu.api.openai.com",
  operation: null,
  model: null,
  status: null,
  inputTokens: null,
  outputTokens: null,
};

type Sent = { path: string; body: Record<string, unknown> | null };
let sent: Sent[];
let imports: ImportSummary[];
/** Until it ends, no preview is answered. */
let held: Promise<void> | null;
/** In the place of what the file says. */
let preview: ImportPreview | null;
/** Under these paths nobody answers. */
let dead: string | null;

beforeEach(() => {
  sent = [];
  imports = [];
  held = null;
  preview = null;
  dead = null;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : null;
    sent.push({ path, body });
    if (dead !== null && path.endsWith(dead)) throw new TypeError("fetch failed");
    if (path === "/api/imports/preview") {
      await held;
      return Response.json(preview ?? previewOf(body));
    }
    if (path === "/api/imports") {
      imports = [{ ...made, dryRun: body.dryRun }];
      return Response.json(imports[0], { status: 201 });
    }
    if (path.startsWith("/api/imports?")) return Response.json({ imports, mayImport: true });
    if (path.startsWith("/api/tenants/")) return Response.json({ applications: [{ name: "batch" }] });
    return new Response(null, { status: 204 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function previewOf(body: {
  mapping?: ImportPreview["mapping"];
  records: readonly { text: string }[];
}): ImportPreview {
  const headers = body.records[0]?.text.split(",") ?? [];
  const columns = body.mapping?.columns ?? { startedAt: headers[0], host: headers[1] };
  const problems = columns.startedAt ? [] : ["No column says when a call began."];
  const records = [
    { ...told, record: 1, line: 2, outcome: "call" as const },
    {
      ...told,
      record: 2,
      line: 3,
      outcome: "rejected" as const,
      message: "The row has no start that can be read.",
    },
  ];
  return {
    headers,
    mapping: { columns, hostSource: "log", delimiter: "," },
    problems,
    records: problems.length > 0 ? [] : records,
  };
}

/** jsdom's files cannot be streamed; a browser's can. */
function chosen(text = csv, name = "calls.csv"): File {
  const file = new File([text], name, { type: "text/csv" });
  return Object.assign(file, { stream: () => new Response(text).body });
}

function holdPreviews(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  held = promise;
  return resolve;
}

const recordButton = () => screen.getByRole("button", { name: "Record calls" }) as HTMLButtonElement;
const createdWith = () => sent.find(({ path }) => path === "/api/imports")?.body;

function open(role: TenantSummary["role"]) {
  const tenant = { slug: "bank", name: "Bank", mode: "live", role } as unknown as TenantSummary;
  render(
    <NuqsTestingAdapter>
      <QueryClientProvider client={createQueryClient()}>
        <TenantsProvider tenants={[tenant]}>
          <ImportPage />
        </TenantsProvider>
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  return userEvent.setup();
}

/** An administrator's, with a file that could be recorded. */
async function openWithFile() {
  const user = open("admin");
  await user.upload(await screen.findByLabelText("File"), chosen());
  await user.type(await screen.findByLabelText("Application"), "batch");
  await waitFor(() => expect(recordButton().disabled).toBe(false));
  return user;
}

it("shows what a file says before anything is sent of it, and then sends it whole, without the line of its columns", async () => {
  const user = open("admin");
  await user.upload(await screen.findByLabelText("File"), chosen());
  const preview = await screen.findByRole("region", { name: "The first records of the file" });
  expect(within(preview).getByText("Rejected: The row has no start that can be read.")).toBeTruthy();
  expect((screen.getByLabelText("Started at") as HTMLSelectElement).value).toBe("time");
  const record = screen.getByRole("button", { name: "Record calls" }) as HTMLButtonElement;
  expect(record.disabled).toBe(true);
  expect(sent.some(({ path }) => path.endsWith("/parts"))).toBe(false);

  await user.type(screen.getByLabelText("Application"), "batch");
  await user.click(record);
  expect(await screen.findByText("2 records read: 1 recorded · 1 rejected.")).toBeTruthy();
  await waitFor(() => expect(sent.some(({ path }) => path.endsWith("/finish"))).toBe(true));
  expect(screen.queryByText("The file was not sent to its end")).toBeNull();
  const parts = sent.filter(({ path }) => path.endsWith("/parts"));
  expect(parts.map(({ body }) => body)).toMatchObject([
    { tenant: "bank", seq: 0, bytesRead: csv.length, records: [{ line: 2 }, { line: 3 }] },
  ]);
  expect(sent.findIndex(({ path }) => path.endsWith("/finish"))).toBeGreaterThan(
    sent.findIndex(({ path }) => path.endsWith("/parts")),
  );
  const errors = screen.getByRole("link", { name: "Error file (1 line)" });
  expect(errors.getAttribute("href")).toBe(`/api/imports/${made.id}/errors?tenant=bank`);
});

it("of a file without columns that can be read says why, and asks for none", async () => {
  const mapping = { columns: {}, hostSource: "log" as const, delimiter: "," as const };
  preview = { headers: [], mapping, problems: ["The file is empty."], records: [] };
  const user = open("admin");
  await user.upload(await screen.findByLabelText("File"), chosen("", "empty.csv"));
  expect(await screen.findByText("The file is empty.")).toBeTruthy();
  expect(screen.queryByLabelText("Started at")).toBeNull();
});

it.each([
  ["says of a file that stops on its way that it may come again", "/finish", true],
  ["says nothing like it of a file of which nothing was taken", "/parts", false],
])("%s", async (_, path, isTaken) => {
  const user = await openWithFile();
  dead = path;
  await user.click(recordButton());
  expect(await screen.findByText("The file was not sent to its end")).toBeTruthy();
  expect(screen.queryByText(/known when the same file is sent again/) !== null).toBe(isTaken);
});

it("cannot be started by a mapping that does not say when calls began", async () => {
  const user = open("developer");
  await user.upload(await screen.findByLabelText("File"), chosen());
  await user.type(await screen.findByLabelText("Application"), "batch");
  await user.selectOptions(await screen.findByLabelText("Started at"), "");
  expect(await screen.findByText("No column says when a call began.")).toBeTruthy();
  expect((screen.getByRole("button", { name: "Record calls" }) as HTMLButtonElement).disabled).toBe(true);
});

it("keeps each of two quick edits of the mapping, and sends no mapping that was not previewed", async () => {
  const user = await openWithFile();
  const answer = holdPreviews();
  await user.selectOptions(screen.getByLabelText("Model asked for"), "prompt");
  await user.selectOptions(screen.getByLabelText("HTTP status"), "time");
  expect(recordButton().disabled).toBe(true);
  expect(screen.getByText("The first records of the file are being read.")).toBeTruthy();
  await user.click(recordButton());
  expect(createdWith()).toBeUndefined();
  answer();
  await waitFor(() => expect(recordButton().disabled).toBe(false));
  await user.click(recordButton());
  await waitFor(() =>
    expect(createdWith()).toMatchObject({
      csv: { mapping: { columns: { startedAt: "time", modelRequested: "prompt", status: "time" } } },
    }),
  );
});

it("of another file sends nothing before that was looked at, and nothing of the one before", async () => {
  const user = await openWithFile();
  const answer = holdPreviews();
  await user.upload(screen.getByLabelText("File"), chosen(`at,where,${csv.slice(9)}`, "others.csv"));
  await waitFor(() => expect(recordButton().disabled).toBe(true));
  expect(screen.queryByLabelText("Started at")).toBeNull();
  answer();
  await waitFor(() => expect(recordButton().disabled).toBe(false));
  await user.click(recordButton());
  await waitFor(() =>
    expect(createdWith()).toMatchObject({
      fileName: "others.csv",
      csv: { headers: ["at", "where", "prompt"], mapping: { columns: { startedAt: "at", host: "where" } } },
    }),
  );
});

it("while the beginning of another file is read offers to record neither", async () => {
  const user = await openWithFile();
  const never = Object.assign(chosen(csv, "slow.csv"), {
    slice: () => ({ text: () => new Promise<string>(() => undefined) }),
  });
  await user.upload(screen.getByLabelText("File"), never);
  await waitFor(() => expect(screen.queryByRole("button", { name: "Record calls" })).toBeNull());
});

it("shows each of many records of one line", async () => {
  const record = { ...told, line: 1, outcome: "call" as const };
  preview = {
    headers: [],
    mapping: null,
    problems: [],
    records: [
      { ...record, record: 1 },
      { ...record, record: 2 },
    ],
  };
  const user = open("admin");
  await user.upload(await screen.findByLabelText("File"), chosen("[{},{}]", "calls.json"));
  const table = await screen.findByRole("region", { name: "The first records of the file" });
  const rows = within(table).getAllByRole("row").slice(1);
  expect(
    rows.map((row) =>
      within(row)
        .getAllByRole("cell")
        .slice(0, 2)
        .map((cell) => cell.textContent),
    ),
  ).toEqual([
    ["1", "1"],
    ["2", "1"],
  ]);
});

it("tells an auditor who may import, and shows what was imported", async () => {
  imports = [made];
  open("auditor");
  expect(await screen.findByText(/Importing files of calls takes an admin/)).toBeTruthy();
  expect(screen.queryByLabelText("File")).toBeNull();
  expect(screen.getByRole("link", { name: "1" }).getAttribute("href")).toContain("/errors");
});

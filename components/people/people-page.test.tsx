import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { MemberBook, MemberSummary, PersonSummary } from "../../lib/contracts/people.ts";
import { PeoplePage } from "./people-page.tsx";

vi.mock("next/navigation", () => ({
  usePathname: () => "/settings/people/bank",
  useRouter: () => ({ push: () => undefined, refresh: () => undefined }),
}));

const member = (over: Partial<MemberSummary>): MemberSummary => ({
  personId: "019aab00-0000-7000-8000-000000000001",
  name: "Ann Admin",
  email: "ann@example.com",
  role: "admin",
  since: "2026-11-01T10:00:00.000Z",
  lastSignInAt: "2026-11-29T10:00:00.000Z",
  isDisabled: false,
  isSelf: true,
  ...over,
});
const otto = member({
  personId: "019aab00-0000-7000-8000-000000000002",
  name: "Otto",
  email: "otto@example.com",
  role: "officer",
  isSelf: false,
});

let sent: { path: string; method: string; body: Record<string, unknown> }[];
let book: MemberBook;
let people: PersonSummary[];
let answer: (body: Record<string, unknown>) => Response;

beforeEach(() => {
  sent = [];
  people = [];
  book = {
    tenant: { slug: "bank", name: "Bank", mode: "live", role: "admin" },
    members: [member({}), otto],
    ended: [],
  };
  answer = () => new Response(null, { status: 204 });
  vi.stubGlobal("fetch", async (path: string, { method = "GET", body = "{}" }: RequestInit) => {
    if (path === "/api/people" && method === "GET") return Response.json(people);
    if (method === "GET") return Response.json(book);
    sent.push({ path, method, body: JSON.parse(String(body)) });
    return answer(JSON.parse(String(body)));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const problem = (status: number, code: string, detail: string) =>
  new Response(JSON.stringify({ type: "about:blank", title: code, status, code, detail }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });

async function openAdd(deploymentAdmin: boolean) {
  const client = createQueryClient();
  render(
    <QueryClientProvider client={client}>
      <PeoplePage deploymentAdmin={deploymentAdmin} slug="bank" />
    </QueryClientProvider>,
  );
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Add member" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.type(dialog.getByLabelText("Email"), "New@example.com");
  return { user, dialog, client };
}

describe("adding somebody whom nobody knows", () => {
  const unknown = () => problem(404, "not_found", "Nobody signs in under this name.");

  it("says so to who may make nobody, beside the address", async () => {
    answer = unknown;
    const { user, dialog } = await openAdd(false);
    await user.click(dialog.getByRole("button", { name: "Add member" }));
    expect(await dialog.findByText("Nobody signs in under this name.")).toBeDefined();
    expect(dialog.queryByLabelText("Name")).toBeNull();
  });

  it("asks who may make people for a name, and shows the password until it was passed on", async () => {
    answer = ({ name }) =>
      name === null
        ? unknown()
        : Response.json({ personId: "x", password: "abcde-fghij-kmnpq-rstuv" }, { status: 201 });
    const { user, dialog, client } = await openAdd(true);
    await user.click(dialog.getByRole("radio", { name: "Officer" }));
    await user.click(dialog.getByRole("button", { name: "Add member" }));
    await user.type(await dialog.findByLabelText("Name"), "Nora New");
    await user.click(dialog.getByRole("button", { name: "Create person and add" }));
    expect(await screen.findByText("abcde-fghij-kmnpq-rstuv")).toBeDefined();
    expect(sent.at(-1)?.body).toEqual({
      tenant: "bank",
      email: "new@example.com",
      role: "officer",
      name: "Nora New",
    });
    await user.keyboard("{Escape}");
    expect(screen.getByText("abcde-fghij-kmnpq-rstuv")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "I have passed it on" }));
    expect(document.body.textContent).not.toContain("abcde-fghij");
    // Nor does the page remember it.
    await waitFor(() => expect(client.getMutationCache().getAll()).toEqual([]));
  });

  it("asks for no name any more once the address was changed", async () => {
    answer = unknown;
    const { user, dialog } = await openAdd(true);
    await user.click(dialog.getByRole("button", { name: "Add member" }));
    await user.type(await dialog.findByLabelText("Name"), "Nora New");
    await user.type(dialog.getByLabelText("Email"), ".org");
    expect(dialog.queryByLabelText("Name")).toBeNull();
    await user.click(dialog.getByRole("button", { name: "Add member" }));
    expect(sent.at(-1)?.body).toMatchObject({ email: "new@example.com.org", name: null });
  });
});

describe("the people of a tenant", () => {
  it("are told where one person too few may approve", async () => {
    book = { ...book, members: [member({}), { ...otto, role: "auditor" }] };
    render(
      <QueryClientProvider client={createQueryClient()}>
        <PeoplePage deploymentAdmin={false} slug="bank" />
      </QueryClientProvider>,
    );
    expect(await screen.findByText(/what needs two people cannot be approved/)).toBeDefined();
  });

  it("are removed only when asked a second time, and a refusal is shown where it happened", async () => {
    answer = () =>
      problem(409, "conflict", "This is the tenant's last admin. Make another member an admin first.");
    render(
      <QueryClientProvider client={createQueryClient()}>
        <PeoplePage deploymentAdmin={false} slug="bank" />
      </QueryClientProvider>,
    );
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Leave Bank" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(sent).toEqual([]);
    await user.click(dialog.getByRole("button", { name: "Leave tenant" }));
    expect(await dialog.findByText(/last admin/)).toBeDefined();
    expect(sent).toEqual([
      {
        path: `/api/members/${member({}).personId}`,
        method: "DELETE",
        body: { tenant: "bank", leaving: true },
      },
    ]);
  });
});

describe("the people of the deployment", () => {
  const person = (over: Partial<PersonSummary>): PersonSummary => ({
    personId: otto.personId,
    name: "Otto",
    email: otto.email,
    deploymentAdmin: false,
    createdAt: "2026-11-01T10:00:00.000Z",
    disabledAt: null,
    lastSignInAt: null,
    tenants: 1,
    isSelf: false,
    ...over,
  });

  it("are made administrators and are so no more, asked a second time; nobody takes it from himself", async () => {
    const ann = person({ personId: member({}).personId, name: "Ann", deploymentAdmin: true, isSelf: true });
    people = [ann, person({})];
    render(
      <QueryClientProvider client={createQueryClient()}>
        <PeoplePage deploymentAdmin slug="bank" />
      </QueryClientProvider>,
    );
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Grant administration to Otto" }));
    expect(screen.queryByRole("button", { name: /administration from Ann/ })).toBeNull();
    expect(sent).toEqual([]);
    people = [ann, person({ deploymentAdmin: true })];
    await user.click(
      within(await screen.findByRole("dialog")).getByRole("button", { name: "Grant administration" }),
    );
    await user.click(await screen.findByRole("button", { name: "Withdraw administration from Otto" }));
    await user.click(
      within(await screen.findByRole("dialog")).getByRole("button", { name: "Withdraw administration" }),
    );
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const path = `/api/people/${otto.personId}/administration`;
    expect(sent.map((each) => [each.method, each.path])).toEqual([
      ["POST", path],
      ["DELETE", path],
    ]);
  });
});

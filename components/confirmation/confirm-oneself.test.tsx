import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fetchJson } from "../../lib/client/fetch-json.ts";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { ConfirmWay } from "../../lib/contracts/confirmation.ts";
import { confirmedChannel } from "../../lib/contracts/confirmation.ts";
import { ConfirmOneself } from "./confirm-oneself.tsx";

/** What the server was asked, in its order. */
let asked: { ask: string; body: unknown }[];
let isConfirmed: boolean;
let way: ConfirmWay;
let hasEnded: boolean;

function problem(code: string, status: number, fields?: object[]): Response {
  const body = {
    type: "",
    title: "",
    status,
    code,
    detail: "Confirm that it is you before you do this.",
    fields,
  };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json" } });
}

beforeEach(() => {
  asked = [];
  isConfirmed = false;
  way = "password";
  hasEnded = false;
  vi.stubGlobal("fetch", async (path: string, init: { method?: string; body?: string } = {}) => {
    const ask = `${init.method ?? "GET"} ${path}`;
    const body = init.body === undefined ? null : JSON.parse(init.body);
    asked.push({ ask, body });
    if (ask === "GET /api/session/confirmation" && hasEnded) return problem("unauthenticated", 401);
    if (ask === "GET /api/session/confirmation")
      return Response.json({ isNeeded: !isConfirmed, way, provider: "Bank ID" });
    if (ask === "POST /api/session/confirmation") {
      isConfirmed = body.present === "right" || body.code === "123456";
      return isConfirmed
        ? new Response(null, { status: 204 })
        : problem("invalid_input", 400, [
            { field: "present", message: "This is not your present password." },
          ]);
    }
    return isConfirmed
      ? Response.json({ id: "made" }, { status: 201 })
      : problem("confirmation_required", 403);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show() {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ConfirmOneself email="ann@example.com" />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}
const makeKey = () => fetchJson("/api/keys", { method: "POST", body: { name: "desk" } });
const made = () => asked.filter(({ ask }) => ask === "POST /api/keys");

describe("something dangerous in a session that nobody has confirmed for long", () => {
  it("has the question shown, and goes on with what was sent once it is answered", async () => {
    const user = show();
    const answer = makeKey();
    const field = await screen.findByLabelText("Your password");
    await user.type(field, "wrong");
    await user.click(screen.getByRole("button", { name: "Confirm" }));
    expect(await screen.findByText("This is not your present password.")).toBeDefined();
    expect(made()).toHaveLength(1);
    await user.clear(field);
    await user.type(field, "right");
    await user.click(screen.getByRole("button", { name: "Confirm" }));
    expect(await answer).toEqual({ id: "made" });
    expect(made().map(({ body }) => body)).toEqual([{ name: "desk" }, { name: "desk" }]);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("is refused in words where the reader turns back, and asks again the next time", async () => {
    const user = show();
    const answer = makeKey().catch((error: Error) => error.message);
    await screen.findByLabelText("Your password");
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await answer).toBe("Confirm that it is you before you do this.");
    expect(made()).toHaveLength(1);
    const again = makeKey().catch(() => "refused");
    await screen.findByLabelText("Your password");
    await user.keyboard("{Escape}");
    expect(await again).toBe("refused");
  });

  it("sends what is shown once, however often Enter is pressed", async () => {
    way = "code";
    const user = show();
    const answer = makeKey();
    const field = await screen.findByLabelText("Code");
    await user.type(field, "123456");
    const form = field.closest("form") as HTMLFormElement;
    fireEvent.submit(form);
    fireEvent.submit(form);
    expect(await answer).toEqual({ id: "made" });
    expect(asked.filter(({ ask }) => ask === "POST /api/session/confirmation")).toHaveLength(1);
    expect(made()).toHaveLength(2);
  });

  it("asks once for all that wait, and by the code where there is a second factor", async () => {
    way = "code";
    const user = show();
    const answers = Promise.all([makeKey(), makeKey()]);
    await user.type(await screen.findByLabelText("Code"), "123456");
    expect(screen.getAllByRole("dialog")).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Confirm" }));
    expect(await answers).toEqual([{ id: "made" }, { id: "made" }]);
    expect(asked.filter(({ ask }) => ask === "POST /api/session/confirmation")).toHaveLength(1);
  });

  it("goes on once another window tells that the identity provider has asked, and says why where it has not", async () => {
    way = "single_sign_on";
    show();
    const answer = makeKey();
    await screen.findByRole("button", { name: "Confirm with Bank ID" });
    const other = new BroadcastChannel(confirmedChannel);
    other.postMessage({ problem: "sso_other_person" });
    expect(await screen.findByText(/At Bank ID you are somebody else than here/)).toBeDefined();
    isConfirmed = true;
    other.postMessage({ problem: null });
    expect(await answer).toEqual({ id: "made" });
    other.close();
  });

  it("leads to the sign-in page where the session has ended before the identity provider had asked", async () => {
    way = "single_sign_on";
    const leave = vi.fn();
    vi.stubGlobal("location", { pathname: "/usage", search: "?range=7d", assign: leave });
    show();
    void makeKey().catch(() => undefined);
    await screen.findByRole("button", { name: "Confirm with Bank ID" });
    hasEnded = true;
    const other = new BroadcastChannel(confirmedChannel);
    other.postMessage({ problem: "session_ended" });
    expect(await screen.findByText(/Your session has ended meanwhile/)).toBeDefined();
    await waitFor(() => expect(leave).toHaveBeenCalledWith("/login?from=%2Fusage%3Frange%3D7d"));
    expect(made()).toHaveLength(1);
    other.close();
  });

  it("is refused at once where nobody can be asked", async () => {
    await expect(makeKey()).rejects.toThrow("Confirm that it is you");
    expect(made()).toHaveLength(1);
  });
});

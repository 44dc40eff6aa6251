import { beforeEach, describe, expect, it, vi } from "vitest";
import { findSession } from "../../../../lib/services/sessions/find-session.ts";
import { GET as askNew } from "../new/route.ts";
import { GET as follow } from "./route.ts";

vi.mock("next/headers", () => ({ headers: async () => new Headers() }));
vi.mock("../../../../lib/auth/next-auth.ts", () => ({ readSessionToken: async () => "token" }));
vi.mock("../../../../lib/services/sessions/find-session.ts", () => ({ findSession: vi.fn() }));

beforeEach(() => void vi.mocked(findSession).mockResolvedValue(null));

/** How the session was asked for, each time. */
const unattended = () => vi.mocked(findSession).mock.calls.map(([, how]) => how?.unattended);

const ask = async (get: typeof follow): Promise<number> =>
  (await get(new Request("https://domicile.test/api/calls"), { params: Promise.resolve({}) })).status;

describe("the stream of calls", () => {
  it("is no use of the session, since a browser that is left alone connects to it again and again", async () => {
    expect(await ask(follow)).toBe(401);
    expect(new Set(unattended())).toEqual(new Set([true]));
  });

  it("is the exception: what a person asks for is use", async () => {
    expect(await ask(askNew)).toBe(401);
    expect(new Set(unattended())).toEqual(new Set([false]));
  });
});

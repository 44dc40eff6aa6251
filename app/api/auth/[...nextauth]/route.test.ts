import { beforeEach, describe, expect, it, vi } from "vitest";
import { handleAuth } from "../../../../lib/auth/next-auth.ts";
import { readAuthRequest } from "../../../../lib/auth/read-auth-request.ts";
import { logOutput } from "../../../../lib/testing/log-output.ts";
import { POST } from "./route.ts";

// next-auth answers inside Next only: here, what reaches it is what is looked at.
vi.mock("../../../../lib/auth/next-auth.ts", async () => {
  const { readAuthRequest } = await import("../../../../lib/auth/read-auth-request.ts");
  return {
    readSessionToken: async () => null,
    handleAuth: vi.fn(
      async (request: Request) => new Response(await (await readAuthRequest(request)).text()),
    ),
  };
});

const address = "http://127.0.0.1:3000/api/auth/callback/credentials";
const form = "application/x-www-form-urlencoded";
beforeEach(() => {
  vi.stubEnv("PORT", "3000");
  vi.stubEnv("NEXTAUTH_URL", "http://127.0.0.1:3000");
  vi.stubEnv("GATEWAY_URL", "http://127.0.0.1:3001");
});

function post(body: BodyInit, headers: Record<string, string>): Promise<Response> {
  const request = new Request(address, { method: "POST", body, headers });
  return POST(request, { params: Promise.resolve({ nextauth: ["callback", "credentials"] }) });
}

describe("a sign-in that cannot be read", () => {
  it.each([
    ["JSON that is none", "My passw0rd", { "content-type": "application/json" }],
    ["JSON of another type", '["My passw0rd"]', { "content-type": "application/json" }],
    ["a field of another type", '{"password":{"My passw0rd":1}}', { "content-type": "application/json" }],
    ["neither form nor JSON", "My passw0rd", { "content-type": "text/plain" }],
    ["an e-mail with a NUL", "email=a%00My passw0rd@b", { "content-type": form }],
    ["a lone surrogate", '{"email":"\\ud800 My passw0rd"}', { "content-type": "application/json" }],
    ["more than 16 KiB", `password=My passw0rd${"x".repeat(20_000)}`, { "content-type": form }],
    [
      "a callback cookie that is no address",
      "password=My passw0rd",
      { "content-type": form, cookie: "next-auth.callback-url=My passw0rd" },
    ],
  ])("%s: is answered 400, and no word of it reaches the log", async (_, body, headers) => {
    let response: Response | undefined;
    const written = await logOutput(async () => {
      response = await post(body, headers as Record<string, string>);
    });
    expect(response?.status).toBe(400);
    expect(await response?.json()).toMatchObject({ code: "invalid_input" });
    expect(written).not.toContain("passw0rd");
  });
});

describe("what reaches next-auth", () => {
  it.each([
    ["form", "email=a%40b.example&password=p&csrfToken=c&json=true&callbackUrl=%ff%fe&more=1", form],
    [
      "JSON",
      '{"email":"a@b.example","password":"p","csrfToken":"c","json":"true","callbackUrl":"\\u00ff"}',
      "application/json",
    ],
  ])("of a %s are the four fields, without a callback address", async (_, body, type) => {
    const response = await post(body, { "content-type": type });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(new URLSearchParams(await response.text()))).toEqual({
      email: "a@b.example",
      password: "p",
      csrfToken: "c",
      json: "true",
    });
    expect(handleAuth).toHaveBeenCalledOnce();
  });

  it.each([
    ["/calls?range=7d", "/calls?range=7d"],
    ["//evil.example", undefined],
    ["https://evil.example/", undefined],
    ["/\\evil.example", undefined],
    ["/login?from=/x", undefined],
    ["/confirmed", "/"],
    ["/confirmed?x=1", "/"],
  ])("of where to go afterwards, %s, is a path of ours alone", async (callbackUrl, kept) => {
    const response = await post(new URLSearchParams({ callbackUrl, json: "true" }), { "content-type": form });
    expect(new URLSearchParams(await response.text()).get("callbackUrl") ?? undefined).toBe(kept);
  });

  it("of an identity provider's query is its answer, and nothing else", async () => {
    const query = "code=c&state=s&iss=https%3A%2F%2Fid.example&oauth_token=o&callbackUrl=%2F%2Fevil.example";
    const request = new Request(`http://127.0.0.1:3000/api/auth/callback/oidc?${query}`);
    expect(Object.fromEntries((await readAuthRequest(request)).nextUrl.searchParams)).toEqual({
      code: "c",
      state: "s",
      iss: "https://id.example",
    });
  });

  it("of a form has no query", async () => {
    const request = new Request(`${address}?callbackUrl=%ff%fe&state=mine&prompt=none`, {
      method: "POST",
      body: "password=p",
      headers: { "content-type": form },
    });
    expect((await readAuthRequest(request)).nextUrl.search).toBe("");
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Problem } from "../contracts/problem.ts";
import { Refusal, type RefusalCode } from "../services/refusal.ts";
import { logOutput } from "../testing/log-output.ts";
import { problemResponse } from "./problem-response.ts";

const documented = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");

const statuses: Record<RefusalCode | "internal", number> = {
  unauthenticated: 401,
  second_factor_required: 403,
  confirmation_required: 403,
  forbidden: 403,
  not_independent: 403,
  cross_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  invalid_input: 400,
  policy_cannot_be_met: 422,
  too_many_attempts: 429,
  too_much_at_once: 429,
  internal: 500,
  unavailable: 503,
};

describe("a refusal", () => {
  it.each(Object.entries(statuses).filter(([code]) => code !== "internal"))(
    "%s becomes a problem with status %i",
    async (code, status) => {
      const response = problemResponse(new Refusal(code as RefusalCode, "Said to a stranger."));
      expect(response.status).toBe(status);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.json()).toMatchObject({ code, status, detail: "Said to a stranger." });
    },
  );

  it("names the fields it is about", async () => {
    const fields = [{ field: "slug", message: "Taken." }];
    const problem = (await problemResponse(new Refusal("conflict", "No.", { fields })).json()) as Problem;
    expect(problem.fields).toEqual(fields);
  });

  it("says when to ask again, in the answer and in its header", async () => {
    const refusal = new Refusal("too_much_at_once", "Later.", { retryAfterSeconds: 7 });
    const response = problemResponse(refusal);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toMatchObject({ retryAfterSeconds: 7 });
    expect(problemResponse(new Refusal("forbidden", "No.")).headers.has("retry-after")).toBe(false);
  });

  it("keeps its cause to the log", async () => {
    const cause = new Error("password authentication failed for user web");
    const text = await problemResponse(new Refusal("unavailable", "Not now.", { cause })).text();
    expect(text).not.toContain("password");
  });
});

describe("the log", () => {
  const cause = (() => {
    try {
      return JSON.parse("My passw0rd");
    } catch (error) {
      return error;
    }
  })();

  it.each([
    ["a refusal's cause", new Refusal("invalid_input", "The body is not JSON.", { cause }), "warn"],
    ["a bug", cause, "error"],
    ["a bug's cause", new Error("My passw0rd", { cause }), "error"],
  ])("says where %s arose, and repeats nothing of what was sent", async (_, error, level) => {
    const written = await logOutput(() => problemResponse(error));
    expect(JSON.parse(written)).toMatchObject({ level });
    expect(written).toContain("SyntaxError");
    expect(written).not.toContain("passw0rd");
  });
});

describe("everything else", () => {
  it("is a 500 that repeats nothing of what was thrown", async () => {
    const response = problemResponse(new Error("relation call_2026_11 does not exist"));
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain("call_2026_11");
    expect(JSON.parse(text)).toMatchObject({ code: "internal" });
  });
});

describe("docs/errors.md", () => {
  it.each(Object.entries(statuses))("has a heading for %s that names its status %i", (code, status) => {
    expect(documented).toMatch(new RegExp(`^#### ${code}\\n\\n${status}\\. `, "m"));
  });
});

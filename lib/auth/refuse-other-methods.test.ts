import { globSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const routes = globSync("app/api/**/route.ts", { cwd: root }).filter((file) => !file.includes("[[...path]]"));
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

describe("a method that a route of /api does not have", () => {
  it("is looked for in every route", () => {
    expect(routes.length).toBeGreaterThan(15);
  });

  it.each(routes)("is a documented problem: %s", async (file) => {
    const route = (await import(new URL(file, root).href)) as Record<string, () => Response>;
    expect(Object.keys(route)).toEqual(expect.arrayContaining(methods));
    const refused = methods.filter((method) => route[method] === route.PUT);
    const response = route.PUT?.();
    expect(response?.status).toBe(405);
    expect(await response?.json()).toMatchObject({ code: "method_not_allowed" });
    const allowed = methods.filter((method) => !refused.includes(method));
    expect(response?.headers.get("allow")).toBe(allowed.join(", "));
    expect(allowed).not.toEqual([]);
  });
});

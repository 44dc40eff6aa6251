import { describe, expect, it } from "vitest";
import * as route from "./route.ts";

describe("an address under /api that does not exist", () => {
  it.each(Object.entries(route))("is a documented problem for %s", async (_, handle) => {
    const response = handle();
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "not_found" });
  });

  it("is one for every method that Next hands on", () => {
    expect(Object.keys(route).sort()).toEqual(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]);
  });
});

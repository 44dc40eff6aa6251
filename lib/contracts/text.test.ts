import { describe, expect, it } from "vitest";
import { readBody, readSearch } from "../auth/read-input.ts";
import { callSearch } from "./calls.ts";
import { findingSearch, resolveInput } from "./findings.ts";
import { targetOutlookSearch } from "./playground.ts";
import { createKeyInput, createTenantInput } from "./tenants.ts";
import { line, prose } from "./text.ts";

const bad = ["\u0000", "a\u0000b", "\u001b[31m", "\u0085", "\ud800", "a\udc00b"];
const good = ["", "Zürich", "Café au lait", "日本", "👩‍👩‍👧", "a'; --"];

describe("text", () => {
  it.each(bad)("is refused with a control character or half a character in it: %j", (text) => {
    expect(line.safeParse(text).success).toBe(false);
    expect(prose.safeParse(text).success).toBe(false);
  });

  it.each(good)("is accepted as it is: %j", (text) => {
    expect(line.parse(text)).toBe(text);
    expect(prose.parse(text)).toBe(text);
  });

  it("has several lines only where that is meant", () => {
    expect(prose.safeParse("one\r\n\ttwo").success).toBe(true);
    expect(line.safeParse("one\ntwo").success).toBe(false);
  });
});

describe("what the database cannot keep is refused as input, field by field", () => {
  it.each([
    [callSearch, "tenant=%00", "tenant"],
    [callSearch, "host=a%00", "host.0"],
    [callSearch, "cursor=%00", "cursor"],
    [findingSearch, "cause=%00", "cause.0"],
    [targetOutlookSearch, "tenant=a&model=%00x", "model"],
  ])("in a search", (schema, query, field) => {
    const search = () => readSearch(new Request(`http://127.0.0.1/api?${query}`), schema);
    expect(search).toThrow(
      expect.objectContaining({ code: "invalid_input", fields: [expect.objectContaining({ field })] }),
    );
  });

  it.each([
    [createKeyInput, { name: "a\u0000", application: "a\ud800" }, ["name", "application"]],
    [resolveInput, { resolution: "config_fix", note: "0123456789\u0000" }, ["note"]],
    [
      createTenantInput,
      { name: "a\u0000", slug: "a", mode: "live", preset: "p\u0000", homeRegion: "\u0000" },
      ["name", "preset", "homeRegion"],
    ],
  ])("in a body", async (schema, body, fields) => {
    const request = new Request("http://127.0.0.1/api", { method: "POST", body: JSON.stringify(body) });
    await expect(readBody(request, schema)).rejects.toMatchObject({
      code: "invalid_input",
      fields: fields.map((field) => ({ field })),
    });
  });
});

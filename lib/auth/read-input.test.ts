import { describe, expect, it } from "vitest";
import { z } from "zod";
import { callSearch } from "../contracts/calls.ts";
import { Refusal } from "../services/refusal.ts";
import { readBody, readPageSearch, readSearch } from "./read-input.ts";

const at = (query: string) => new Request(`http://127.0.0.1/api/calls?${query}`);
const post = (body: string) => new Request("http://127.0.0.1/api", { method: "POST", body });
const input = z.object({ name: z.string().min(3) });

describe("readSearch", () => {
  it("reads a repeated word as a list, and a single one as a list of one", () => {
    expect(readSearch(at("band=outside&band=stopped&host=api.openai.eu"), callSearch)).toMatchObject({
      band: ["outside", "stopped"],
      host: ["api.openai.eu"],
      range: "7d",
      limit: 50,
    });
  });

  it("ignores words it does not know", () => {
    expect(readSearch(at("utm_source=x"), callSearch)).not.toHaveProperty("utm_source");
  });

  it("refuses a value it does not know, and names the field", () => {
    expect(() => readSearch(at("range=5y"), callSearch)).toThrow(Refusal);
    try {
      readSearch(at("range=5y"), callSearch);
    } catch (error) {
      expect((error as Refusal).fields).toMatchObject([{ field: "range" }]);
    }
  });
});

describe("readPageSearch", () => {
  it("drops what it cannot read and keeps the rest: a page is never an error for its address", () => {
    expect(readPageSearch({ range: "5y", band: "outside", tenant: "nordbank-eu" }, callSearch)).toMatchObject(
      {
        range: "7d",
        band: ["outside"],
        tenant: "nordbank-eu",
      },
    );
  });
});

describe("readBody", () => {
  it("answers what the schema has", async () => {
    expect(await readBody(post('{"name":"Nord","role":"admin"}'), input)).toEqual({ name: "Nord" });
  });

  it.each([
    ["malformed JSON", "{"],
    ["a missing field", "{}"],
    ["another type", "[]"],
    ["nothing", ""],
    ["more than 256 KiB", JSON.stringify({ name: "x".repeat(300_000) })],
  ])("refuses %s", async (_, body) => {
    await expect(readBody(post(body), input)).rejects.toMatchObject({ code: "invalid_input" });
  });
});

import { describe, expect, it } from "vitest";
import { z } from "zod";
import { callSearch } from "../contracts/calls.ts";
import { Refusal } from "../services/refusal.ts";
import { logOutput } from "../testing/log-output.ts";
import { problemResponse } from "./problem-response.ts";
import { readBody, readSearch } from "./read-input.ts";

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

  it("refuses words it does not know: a filter that is not applied shows everything", () => {
    expect(() => readSearch(at("verdit=violation&verdict=violation"), callSearch)).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        fields: [{ field: "verdit", message: "There is no such word." }],
      }),
    );
    expect(() => readSearch(at("constructor=x"), callSearch)).toThrow(Refusal);
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

describe("a search for calls", () => {
  it.each(["verdict", "band", "reason", "source", "basis"])("refuses a %s that does not exist", (facet) => {
    expect(() => readSearch(at(`${facet}=nope`), callSearch)).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        fields: [expect.objectContaining({ field: `${facet}.0` })],
      }),
    );
    expect(() => readSearch(at(`${facet}=constructor`), callSearch)).toThrow(Refusal);
  });

  it.each([
    "verdict=not_applicable",
    "band=none",
    "reason=host_lookalike",
    "reason=project_not_pinned",
    "source=playground",
    "basis=reported",
    "host=no.such.host",
    "model=nope",
  ])("takes %s", (query) => {
    expect(readSearch(at(query), callSearch)).toBeDefined();
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

  it("refuses what is no UTF-8", async () => {
    const request = new Request("http://127.0.0.1/api", { method: "POST", body: new Uint8Array([0xff]) });
    await expect(readBody(request, input)).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("puts characters together that arrive in two parts", async () => {
    const bytes = new TextEncoder().encode('{"name":"Zürich"}');
    const at = bytes.indexOf(0xc3) + 1;
    const request = streamed([bytes.slice(0, at), bytes.slice(at)]);
    expect(await readBody(request, input)).toEqual({ name: "Zürich" });
  });

  it("takes no more into memory than it accepts", async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
      },
    });
    await expect(readBody(withBody(body), input)).rejects.toMatchObject({ code: "invalid_input" });
    expect(sent).toBeLessThan(8);
  });

  it("refuses a stated length that is too large before it reads", async () => {
    const request = new Request("http://127.0.0.1/api", {
      method: "POST",
      body: "{}",
      headers: { "content-length": "300000" },
    });
    await expect(readBody(request, input)).rejects.toThrow("too large");
    expect(request.bodyUsed).toBe(false);
  });

  it.each(["My passw0rd", '{"name":"My passw0rd","', '"My passw0rd"', '{"name":{"My passw0rd":1}}'])(
    "leaves no word of %s in the log",
    async (body) => {
      const written = await logOutput(async () => {
        problemResponse(await readBody(post(body), input).catch((error: unknown) => error));
      });
      expect(written).not.toContain("passw0rd");
    },
  );
});

function streamed(parts: readonly Uint8Array[]): Request {
  const body = new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  return withBody(body);
}

function withBody(body: ReadableStream<Uint8Array>): Request {
  return new Request("http://127.0.0.1/api", { method: "POST", body, duplex: "half" } as RequestInit);
}

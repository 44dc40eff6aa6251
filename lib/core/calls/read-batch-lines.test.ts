import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchGroupsMax, createBatchLineReader, unreadLinesMax } from "./read-batch-lines.ts";

function line(body: object, url = "/v1/chat/completions"): string {
  return JSON.stringify({ custom_id: "one customer", method: "POST", url, body });
}

function read(lines: readonly string[]) {
  const reader = createBatchLineReader();
  for (const one of lines) reader.push(one);
  return reader.result();
}

const chat = { model: "gpt-4o-2024-08-06", messages: [{ role: "user", content: "secret" }] };

describe("lines of a batch", () => {
  it("that name more features together than are kept are not read at all", () => {
    const of = (first: number, count: number) =>
      line(
        { ...chat, tools: Array.from({ length: count }, (_, at) => ({ type: `tool_${first + at}` })) },
        "/v1/responses",
      );
    const lines = Array.from({ length: 10 }, (_, at) => of(at * 100, 100));
    expect(read([...lines, ...lines])).toHaveLength(10);
    expect(read([...lines, of(5_000, 1)])).toBeNull();
    expect(read([of(0, 101)])).toBeNull();
  });

  it("are grouped by endpoint, model and features, and counted", () => {
    const search = { model: "gpt-5-2025-08-07", input: "secret", tools: [{ type: "web_search" }] };
    const groups = read([
      line(chat),
      line(search, "/v1/responses"),
      line(chat),
      "",
      line({ ...chat, model: "gpt-9" }),
    ]);
    expect(groups).toEqual([
      { endpoint: "/v1/chat/completions", model: "gpt-4o-2024-08-06", features: [], count: 2 },
      { endpoint: "/v1/chat/completions", model: "gpt-9", features: [], count: 1 },
      { endpoint: "/v1/responses", model: "gpt-5-2025-08-07", features: ["web_search"], count: 1 },
    ]);
    expect(JSON.stringify(groups)).not.toContain("secret");
    expect(JSON.stringify(groups)).not.toContain("customer");
  });

  it("for a path that OpenAI's reference does not have belong to no endpoint", () => {
    expect(read([line(chat, "/v1/novel")])).toMatchObject([{ endpoint: null }]);
  });

  it("do not depend on their order", () => {
    const lines = [line(chat), line({ ...chat, model: "gpt-9" }), line({ ...chat, model: "gpt-8" })];
    expect(read(lines.toReversed())).toEqual(read(lines));
  });

  it.each([
    ["no JSON", ["not json"]],
    ["no object", ["[]"]],
    ["no address", [JSON.stringify({ body: chat })]],
    ["no body", [JSON.stringify({ url: "/v1/chat/completions" })]],
    ["a value that cannot be read", [line({ ...chat, tools: "mcp" })]],
    ["a stored object", [line({ ...chat, messages: [{ role: "user", content: [{ file_id: "file-1" }] }] })]],
    ["one bad line after good ones", [line(chat), "{"]],
    ["a name that stands twice", [line(chat).replace('"model":', '"model":"gpt-9","model":')]],
  ])("with %s are not read at all", (_what, lines) => {
    expect(read(lines)).toBeNull();
  });

  it.each([
    ["no request", ["not json"]],
    ["one that names a stored object", [line({ ...chat, previous_response_id: "resp_1" }, "/v1/responses")]],
    [
      "more kinds than are kept",
      Array.from({ length: batchGroupsMax }, (_, i) => line({ ...chat, model: `gpt-${i}` })),
    ],
  ])("are each asked about, also behind %s", (_what, before) => {
    const reader = createBatchLineReader();
    for (const one of before) reader.push(one);
    expect(reader.push(line({ ...chat, model: "gpt-forbidden" }))).toMatchObject({ model: "gpt-forbidden" });
    expect(reader.result()).toBeNull();
  });

  it("are not looked at behind a thousand of which none is a request", () => {
    const reader = createBatchLineReader();
    for (let n = 1; n < unreadLinesMax; n += 1) reader.push("bytes");
    expect(reader.hasGivenUp()).toBe(false);
    reader.push("bytes");
    expect(reader.hasGivenUp()).toBe(true);
    expect(reader.push(line(chat))).toBeNull();
    expect(reader.lines()).toBe(unreadLinesMax + 1);
    expect(reader.result()).toBeNull();
  });

  it("of more kinds than are kept are not read at all, however many there are of one kind", () => {
    const kinds = Array.from({ length: batchGroupsMax + 1 }, (_, i) => line({ ...chat, model: `gpt-${i}` }));
    expect(read(kinds.slice(1))).toHaveLength(batchGroupsMax);
    expect(read(kinds)).toBeNull();
    expect(read(Array.from({ length: 5_000 }, () => line(chat)))).toMatchObject([{ count: 5_000 }]);
  });

  it("throw for nothing that a client writes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        read([text]);
      }),
    );
  });

  it("of no number ask for nothing", () => {
    expect(read([])).toEqual([]);
  });
});

describe("a piece of a file", () => {
  const piece = (lines: readonly string[], linesLost = 0) => {
    const reader = createBatchLineReader();
    for (const one of lines) reader.push(one);
    return reader.resultOfPiece(linesLost);
  };
  const group = { endpoint: "/v1/chat/completions", model: "gpt-4o-2024-08-06", features: [], count: 2 };
  const unread = (count: number) => ({ endpoint: null, model: null, features: [], count });

  it("says what its whole lines ask for, and how many lines are not among them", () => {
    expect(piece(['"gpt-9"}}', line(chat), line(chat), '{"custom_id":"one cus'])).toEqual([group, unread(2)]);
    expect(piece([line(chat), line(chat)], 1)).toEqual([group, unread(1)]);
  });

  it("of whole lines alone says what a file would", () => {
    expect(piece([line(chat), "", line(chat)])).toEqual([group]);
  });

  it("counts a line that hides something among those it names, and still does not call the piece read", () => {
    const hiding = line({ ...chat, messages: [{ role: "user", content: [{ file_id: "file-1" }] }] });
    expect(piece([hiding, line(chat)])?.at(-1)).toEqual(unread(1));
  });

  it("says nothing where no line of it is a request", () => {
    expect(piece(["%PDF-1.7", "stream"])).toBeNull();
    expect(piece([])).toBeNull();
  });
});

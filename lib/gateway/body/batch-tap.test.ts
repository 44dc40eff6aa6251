import { describe, expect, it } from "vitest";
import { GatewayRefusal } from "../answer-error.ts";
import { createBatchTap } from "./batch-tap.ts";

const line = (model: string, url = "/v1/chat/completions") =>
  JSON.stringify({
    custom_id: "customer",
    method: "POST",
    url,
    body: { model, messages: [{ content: "secret" }] },
  });

function tapOf(pieces: readonly (string | Uint8Array)[], refused: readonly string[] = [], whole = true) {
  const asked: (string | null)[] = [];
  const tap = createBatchTap(({ model }) => {
    asked.push(model);
    return model !== null && refused.includes(model) ? new GatewayRefusal("model_not_eligible") : null;
  });
  for (const piece of pieces) tap.push(typeof piece === "string" ? Buffer.from(piece) : piece);
  tap.end(whole);
  return { tap, asked };
}

describe("a batch's file on its way", () => {
  it("is read across any cut of its bytes, and each kind of line is asked about once", () => {
    const text = `\uFEFF${line("gpt-a")}\r\n${line("gpt-b")}\n\n${line("gpt-a")}`;
    const bytes = Buffer.from(text);
    for (const size of [1, 7, 64, bytes.length]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      const { tap, asked } = tapOf(pieces);
      expect(asked, `${size} bytes`).toEqual(["gpt-a", "gpt-b"]);
      expect(tap.groups()?.map(({ model, count }) => [model, count])).toEqual([
        ["gpt-a", 2],
        ["gpt-b", 1],
      ]);
      expect(tap.verdict()).toBeNull();
    }
  });

  it("ends at the first line that is refused, which is named by its number and not by its text", () => {
    const { tap, asked } = tapOf([`${line("fine")}\n${line("no")}\n${line("later")}\n`], ["no"]);
    expect(asked).toEqual(["fine", "no"]);
    const message = tap.verdict()?.refuse.message ?? "";
    expect(message).toMatch(/^Line 2 of the file: /);
    expect(message).not.toMatch(/secret|customer/);
  });

  it.each([
    ["a line that is no JSON", [`${line("a")}\nnot json\n`]],
    ["bytes that are no UTF-8 where the model stands", [Buffer.from(line("x\u00ff"), "latin1")]],
    ["a line without an end, beyond what is held", [Buffer.alloc(9 * 1024 * 1024, 0x61)]],
  ])("says nothing of its lines after %s", (_what, pieces) => {
    expect(tapOf(pieces).tap.groups()).toBeNull();
  });

  it("says nothing of a file whose end was not seen", () => {
    expect(tapOf([`${line("a")}\n`], [], false).tap.groups()).toBeNull();
  });
});

describe("a part of a batch's file on its way", () => {
  const cut = (text: string, whole = true) => {
    const tap = createBatchTap(
      ({ model }) => (model === "no" ? new GatewayRefusal("model_not_eligible") : null),
      "part",
    );
    tap.push(Buffer.from(text));
    expect(tap.groups()).toBeNull();
    tap.end(whole);
    return tap;
  };

  it("is read for the lines that stand whole in it; those at its edges are counted as not read", () => {
    const tap = cut(`${line("no").slice(20)}\n${line("a")}\n${line("no").slice(0, -1)}`);
    expect(tap.verdict()).toBeNull();
    expect(tap.groups()?.map(({ model, count }) => [model, count])).toEqual([
      ["a", 1],
      [null, 2],
    ]);
  });

  it("ends at a line that is refused, which is named by its place in the part", () => {
    expect(cut(`}}\n${line("no")}\n`).verdict()?.refuse.message).toMatch(/^Line 2 of the part: /);
  });

  it("that did not arrive whole says so beside what was read", () => {
    expect(cut(`${line("a")}\n`, false).groups()).toMatchObject([{ model: "a" }, { model: null, count: 1 }]);
  });
});

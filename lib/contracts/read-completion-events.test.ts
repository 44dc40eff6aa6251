import { describe, expect, it } from "vitest";
import { readCompletionEvents } from "./read-completion-events.ts";

function streamOf(...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
}

function delta(content: string): string {
  return `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
}

async function read(...pieces: (string | Uint8Array)[]) {
  let text = "";
  const end = await readCompletionEvents(streamOf(...pieces), (piece) => {
    text += piece;
  });
  return { text, end };
}

describe("readCompletionEvents", () => {
  it("tells the text of every event and that the provider was done", async () => {
    const { text, end } = await read(":\n\n", delta("Hel"), delta("lo"), "data: [DONE]\n\n");
    expect(text).toBe("Hello");
    expect(end).toEqual({ kind: "answered" });
  });

  it("puts events and letters together that arrive in pieces", async () => {
    const bytes = new TextEncoder().encode(`${delta("Zürich")}data: [DONE]\n\n`);
    const cut = bytes.indexOf(0xc3) + 1;
    const { text, end } = await read(bytes.slice(0, 7), bytes.slice(7, cut), bytes.slice(cut));
    expect(text).toBe("Zürich");
    expect(end.kind).toBe("answered");
  });

  it("never takes a stream that just stops for an answer", async () => {
    const { text, end } = await read(delta("half"));
    expect(text).toBe("half");
    expect(end).toEqual({ kind: "cut" });
  });

  it("says what went wrong where the provider says so in mid-stream", async () => {
    const { end } = await read(
      delta("a"),
      'data: {"error":{"message":"Overloaded.","code":"server_error"}}\n\n',
    );
    expect(end).toEqual({ kind: "failed", code: "server_error", message: "Overloaded." });
  });

  it("passes over what it cannot read", async () => {
    const odd = 'data: {"choices":[]}\n\ndata: not json\n\ndata: {"choices":[{"delta":{"content":7}}]}\n\n';
    const { text, end } = await read(odd, delta("ok"), "data: [DONE]\n\n");
    expect(text).toBe("ok");
    expect(end.kind).toBe("answered");
  });
});

import { expect, it } from "vitest";
import { logOutput } from "../../lib/testing/log-output.ts";
import { streamLines } from "./stream-lines.ts";

async function* ended(): AsyncGenerator<unknown> {
  yield { step: 1 };
  yield { step: 2 };
}

async function* broken(): AsyncGenerator<unknown> {
  yield { step: 1 };
  throw new TypeError("quotes My passw0rd");
}

it("sends each value as a line, uncompressed", async () => {
  const response = streamLines(ended());
  expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
  expect(await response.text()).toBe('{"step":1}\n{"step":2}\n');
});

it("logs what the source threw, without its words, and hands none of it on", async () => {
  let thrown: unknown;
  const output = await logOutput(async () => {
    thrown = await streamLines(broken())
      .text()
      .catch((error: unknown) => error);
  });
  expect(JSON.parse(output)).toMatchObject({ msg: "answer cut", err: { type: "TypeError" } });
  expect(output).not.toContain("passw0rd");
  expect(String(thrown)).toBe("Error: The answer was cut.");
});

it("ends the source when the reader leaves", async () => {
  let left = false;
  async function* endless(): AsyncGenerator<unknown> {
    try {
      for (;;) yield {};
    } finally {
      left = true;
    }
  }
  const reader = streamLines(endless()).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(left).toBe(true);
});

import { afterEach, describe, expect, it, vi } from "vitest";
import { recordBytesMax } from "../core/intake/split-records.ts";
import { firstRecords, sendFile } from "./imports.ts";

const record = (chars: number): string => JSON.stringify({ messages: "x".repeat(chars) });
const sizes = async (text: string, format: "litellm" | "csv" = "litellm") =>
  (await firstRecords(new Blob([text]), format, 21)).map((each) => [each.line, each.text?.length ?? null]);

describe("the first records of a file", () => {
  it("are those of its beginning, and the last one of a short file", async () => {
    expect(await sizes("{}\n{}\n{}")).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
    expect(await sizes("")).toEqual([]);
  });

  it("are read to the end of the first one where that is long", async () => {
    const long = record(1_000_000);
    expect((await sizes(`${long}\n${long}\n`))[0]).toEqual([1, long.length]);
    expect(await sizes(`[${long}]`)).toEqual([[1, long.length]]);
    expect(await sizes(long)).toEqual([[1, long.length]]);
    expect(await sizes(`at,prompt\nnow,${long}\n`, "csv")).toEqual([
      [1, 9],
      [2, long.length + 4],
    ]);
  });

  it("hold one that is too long as such, and none that is cut in two", async () => {
    const long = record(2 * recordBytesMax);
    expect(await sizes(`${long}\n{}`)).toEqual([[1, null]]);
    expect(await sizes(`at,prompt\nnow,${long}\n`, "csv")).toEqual([
      [1, 9],
      [2, null],
    ]);
    const half = record(200_000);
    expect(await sizes(`${half}\n${half}\n${half}`)).toEqual([[1, half.length]]);
  });
});

describe("a file that is sent", () => {
  afterEach(() => void vi.unstubAllGlobals());

  /** What the server is asked for, in order. `refusal`: its answer to the second piece, the first time. */
  function answering(refusal: Response): string[] {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (path: string, { body }: { body: string }) => {
      const { seq } = JSON.parse(body) as { seq?: number };
      asked.push(seq === undefined ? (path.split("/").at(-1) ?? "") : `${seq}`);
      return asked.filter((each) => each === "1").length === 1 && seq === 1
        ? refusal
        : Response.json({ partsTaken: 1 });
    });
    return asked;
  }
  const problem = (more: object): Response =>
    Response.json(
      { code: "too_much_at_once", detail: "Later.", ...more },
      { status: 429, headers: { "content-type": "application/problem+json" } },
    );
  const send = async (onWait: () => void): Promise<void> =>
    sendFile(
      new Blob(["{}\n".repeat(1_500)]),
      { id: "i", tenant: "bank", format: "ndjson" },
      { signal: new AbortController().signal, onSent: () => undefined, onWait },
    );

  it("waits where more of it comes than may in a minute, and goes on with the same piece", async () => {
    const asked = answering(problem({ retryAfterSeconds: 0 }));
    const onWait = vi.fn();
    await send(onWait);
    expect(asked).toEqual(["0", "1", "1", "finish"]);
    expect(onWait).toHaveBeenCalledOnce();
  });

  it("stops at a refusal that no waiting would change", async () => {
    const asked = answering(problem({ code: "conflict" }));
    await expect(send(() => undefined)).rejects.toThrow("Later.");
    expect(asked).toEqual(["0", "1"]);
  });
});

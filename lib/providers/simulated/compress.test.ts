import type { IncomingMessage } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { codingFor, compress } from "./compress.ts";

const asked = (text: string | undefined) =>
  codingFor({ headers: text === undefined ? {} : { "accept-encoding": text } } as unknown as IncomingMessage);

describe("codingFor", () => {
  it.each([
    [undefined, null],
    ["", null],
    ["identity", null],
    ["gzip", "gzip"],
    ["gzip, deflate", "gzip"],
    ["GZIP;q=0.5, br;q=0", "gzip"],
    ["gzip, deflate, br", "br"],
    ["br;q=1.0, gzip;q=0.8", "br"],
    ["gzip;q=0", null],
  ])("of %s is %s", (text, coding) => {
    expect(asked(text)).toBe(coding);
  });
});

describe("compress", () => {
  it("gives back what went in", () => {
    expect(brotliDecompressSync(compress("br", "where")).toString()).toBe("where");
    expect(gunzipSync(compress("gzip", "where")).toString()).toBe("where");
  });
});

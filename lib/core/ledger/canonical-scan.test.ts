import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { chat, dialled, pinnedTo, preset } from "../testing/case.ts";
import { recordedCall } from "../testing/recorded-call.ts";
import { bytesOf } from "../testing/recorded-entry.ts";
import {
  CanonicalError,
  type CanonicalValue,
  canonicalBytes,
  canonicalTextWithAnyKeys,
} from "./canonical.ts";
import { isSurelyCanonical } from "./canonical-scan.ts";

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/);
const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 5 }),
  ),
}));

const isSure = (text: string): boolean => isSurelyCanonical(new TextEncoder().encode(text));

/** What the slow way says of a text that is JSON. */
function isCanonical(text: string): boolean {
  try {
    return new TextDecoder().decode(canonicalBytes(JSON.parse(text))) === text;
  } catch (error) {
    if (error instanceof CanonicalError || error instanceof SyntaxError) return false;
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const call = new TextDecoder().decode(
  bytesOf(
    recordedCall({
      facts: chat(),
      attempts: [dialled("eu.api.openai.com")],
      policy: preset("eea_ch"),
      catalog: openaiCatalog,
      pin: pinnedTo("eu"),
      intendedRegion: "eu",
      refusal: null,
    }),
  ),
);

describe("the quick look at canonical text", () => {
  it("is certain of an entry as we write it", () => {
    expect(isSure(call)).toBe(true);
  });

  it("is never certain of what the slow way refuses, however an entry is changed by a sign", () => {
    const signs = [
      "",
      " ",
      "\n",
      "0",
      "-",
      "1",
      '"',
      "\\",
      "a",
      "A",
      ",",
      ":",
      "{",
      "}",
      "[",
      "]",
      ".",
      "e",
      "\u007f",
      "\u00e4",
      "\u2028",
      "\u{1f600}",
    ];
    const wrong: string[] = [];
    for (let at = 0; at < call.length; at += 1)
      for (const sign of signs)
        for (const text of [
          call.slice(0, at) + sign + call.slice(at + 1),
          call.slice(0, at) + sign + call.slice(at),
        ])
          if (isJson(text) && isSure(text) && !isCanonical(text)) wrong.push(text);
    expect(wrong).toEqual([]);
  });

  it("is never certain of JSON that our encoder would write otherwise", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          value,
          fc.json().map((text) => JSON.parse(text) as CanonicalValue),
        ),
        (given) => {
          for (const text of [JSON.stringify(given), JSON.stringify(given, null, 1)])
            if (isSure(text)) expect(isCanonical(text)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("is certain of most of what our encoder writes", () => {
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.oneof(fc.nat(), fc.stringMatching(/^[a-z .:/-]{0,20}$/), fc.boolean())),
        (given) => isSure(canonicalTextWithAnyKeys(given)),
      ),
    );
  });

  it("refuses names out of order, twice, or of another form, at every depth", () => {
    for (const text of [
      '{"b":1,"a":2}',
      '{"a":1,"a":2}',
      '{"a":{"b":1,"a":2}}',
      '[{"b":1,"a":2}]',
      '{"A":1}',
      '{"":1}',
      '{"a":-0}',
      '{"a":01}',
      '{"a":1.0}',
      '{"a":1e3}',
      '{"ab":1,"a":2}',
      `${"[".repeat(65)}${"]".repeat(65)}`,
    ])
      expect(isSure(text), text).toBe(false);
    expect(isSure('{"a":{"b":1},"b":{"a":1},"ba":[{"a":0},{"a":-1}]}')).toBe(true);
  });
});

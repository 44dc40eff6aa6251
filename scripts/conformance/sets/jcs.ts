import fs from "node:fs";
import path from "node:path";
import {
  CanonicalError,
  type CanonicalValue,
  canonicalBytes,
  canonicalTextWithAnyKeys,
  parseCanonical,
} from "../../../lib/core/ledger/canonical.ts";
import { readVectors } from "../read-vectors.ts";
import type { VectorSet } from "../vector-set.ts";

export const jcsPairSet: VectorSet = {
  name: "Canonical JSON, pairs",
  source: "RFC 8785, cyberphone/json-canonicalization testdata",
  folder: "json-canonicalization/testdata",
  run: (folder, tally) => {
    for (const name of fs.readdirSync(path.join(folder, "input")).sort()) {
      const value: CanonicalValue = JSON.parse(fs.readFileSync(path.join(folder, "input", name), "utf8"));
      const wanted = fs.readFileSync(path.join(folder, "output", name), "utf8");
      const hex = fs.readFileSync(path.join(folder, "outhex", name.replace(/json$/, "txt")), "utf8");
      tally.same(
        `${name}, output and outhex agree`,
        Buffer.from(wanted).toString("hex"),
        hex.replace(/\s/g, ""),
      );
      if (hasFraction(value))
        tally.deviates(
          name,
          "it holds numbers that are no integers; ours are integers, and the rest is refused",
          isRefused(value),
        );
      else tally.same(name, canonicalTextWithAnyKeys(value), wanted);
      const rest = withoutNumbers(value);
      if (hasFraction(value))
        tally.same(`${name} without its numbers`, canonicalTextWithAnyKeys(rest), withoutNumbersIn(wanted));
    }
  },
};

export const jcsNegativeSet: VectorSet = {
  name: "Canonical JSON, to be refused",
  source: "RFC 8785 3.2.2.2, issues of canonicalisers, transcribed",
  folder: "transcribed/jcs-negative.json",
  run: (file, tally) => {
    const { mustRefuse, ourProfileAlsoRefuses } = readVectors<{
      readonly mustRefuse: readonly {
        readonly json?: string;
        readonly rawHex?: string;
        readonly value?: string;
      }[];
      readonly ourProfileAlsoRefuses: readonly string[];
    }>(file);
    for (const { json, rawHex, value } of mustRefuse) {
      if (value !== undefined)
        for (const [what, odd] of odds(value))
          tally.refused(what, CanonicalError, () => canonicalBytes(odd as CanonicalValue));
      else {
        const bytes = rawHex === undefined ? Buffer.from(json ?? "") : Buffer.from(rawHex, "hex");
        tally.refused(json ?? `bytes ${rawHex}`, CanonicalError, () => parseCanonical(bytes));
      }
    }
    for (const what of ourProfileAlsoRefuses)
      for (const [name, odd] of odds(what))
        tally.refused(name, CanonicalError, () => canonicalBytes(odd as CanonicalValue));
  },
};

/** The set describes in words what no JSON can hold; these are such values. */
function odds(words: string): [string, unknown][] {
  const values: [RegExp, [string, unknown][]][] = [
    [/NaN/, [["NaN", Number.NaN]]],
    [
      /Infinity/,
      [
        ["Infinity", Number.POSITIVE_INFINITY],
        ["-Infinity", Number.NEGATIVE_INFINITY],
      ],
    ],
    [
      /undefined/,
      [
        ["undefined", undefined],
        ["undefined as a member", { a: undefined }],
      ],
    ],
    [/function/, [["a function", () => 0]]],
    [/symbol/, [["a symbol", Symbol("a")]]],
    [/BigInt/, [["a BigInt", 1n]]],
    [
      /non-integer/,
      [
        ["0.5", 0.5],
        ["1e-7", 1e-7],
      ],
    ],
    [
      /beyond/,
      [
        ["2^53", 2 ** 53],
        ["-2^53", -(2 ** 53)],
        ["1e21", 1e21],
      ],
    ],
    [/^-0$/, [["-0", -0]]],
    [
      /toJSON/,
      [
        [
          "an object of a class",
          new (class {
            toJSON() {
              return 1;
            }
          })(),
        ],
      ],
    ],
    [/Date/, [["a Date", new Date(0)]]],
    [/Map/, [["a Map", new Map()]]],
    [
      /keys outside/,
      [
        ["a key with a capital", { A: 1 }],
        ["an empty key", { "": 1 }],
        ["a key of digits", { 1: 1 }],
      ],
    ],
    [/16 KiB/, [["a text of 16 KiB", { a: "x".repeat(16_384) }]]],
  ];
  const known = values.filter(([pattern]) => pattern.test(words)).flatMap(([, found]) => found);
  if (known.length === 0) throw new Error(`no value is known for "${words}"`);
  return known;
}

function isRefused(value: CanonicalValue): boolean {
  try {
    canonicalTextWithAnyKeys(value);
    return false;
  } catch (error) {
    return error instanceof CanonicalError;
  }
}

function hasFraction(value: CanonicalValue): boolean {
  if (typeof value === "number") return !Number.isSafeInteger(value);
  return typeof value === "object" && value !== null && Object.values(value).some(hasFraction);
}

/** The object without the members whose lists hold fractions, so that its strings and literals can still be asked for. */
function withoutNumbers(value: CanonicalValue): CanonicalValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => !hasFraction(member)));
}

function withoutNumbersIn(canonical: string): string {
  return JSON.stringify(withoutNumbers(JSON.parse(canonical)));
}

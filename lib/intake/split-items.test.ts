import { describe, expect, it } from "vitest";
import { intakeLimits } from "../contracts/intake.ts";
import { arrayElements } from "./array-elements.ts";
import { litellmItems, splitItems } from "./split-items.ts";
import { mutate, seededRandom } from "./testing/mutate.ts";

const items = (text: string | Uint8Array, ...rest: [] | [typeof litellmItems]) => [
  ...splitItems(Buffer.from(text), "json", ...rest),
];

describe("an array", () => {
  it("is cut as a parser of the whole would cut it, and refused where one would", () => {
    const random = seededRandom(6);
    const sound = Buffer.from(
      ' [ {"a":[1,2,{"b":"],[\\"\\\\"}],"c":"\\u00e9ü"} , [] ,7,"x,y", null,{"":{}}, true ] \r\n\t',
    );
    const seen = { same: 0, refused: 0 };
    for (let n = 0; n < 20_000; n++) {
      const body = n === 0 ? sound : mutate(sound, random);
      const told = whole(body);
      const cut = attempt(() => items(body).map((item) => ("value" in item ? item.value : item)));
      expect(cut).toEqual(Array.isArray(told) || isObject(told) ? [told].flat() : null);
      seen[cut === null ? "refused" : "same"]++;
    }
    expect(Math.min(seen.same, seen.refused)).toBeGreaterThan(100);
  });

  it.each(["[]", " [ ] "])("of nothing holds nothing: %s", (text) => expect(items(text)).toEqual([]));

  it.each(["[", "[1", "[1,]", "[,1]", "[1}", "[1]]", "[1] 2", "{}{}", "[1 2]", "]"])("is not %s", (text) =>
    expect(() => items(text)).toThrow("no JSON"),
  );

  it("is told apart from its elements: what is no record alone stands for itself in one", () => {
    expect(items("[7]")).toEqual([{ value: 7 }]);
    expect(() => items("7")).toThrow("neither");
  });

  it("may begin with a mark of its byte order, and its elements may not", () => {
    expect(items("\ufeff[1]")).toEqual([{ value: 1 }]);
    expect(() => items("[\ufeff1]")).toThrow("no JSON");
  });
});

describe("what would take thirty times its size when it is parsed", () => {
  const bomb = `[{"clientId":"ok"},[${"[],".repeat(1_000_000)}0]]`;

  it("is an item that is too large, and the others are read", () => {
    expect(items(bomb)).toEqual([
      { value: { clientId: "ok" } },
      { problem: `The record is longer than ${intakeLimits.recordBytesMax} bytes.`, tooLarge: true },
    ]);
  });

  it("is not parsed where an item may be longer, nor as a first line", () => {
    expect(items(bomb, litellmItems)[1]).toEqual({ problem: "The record is too deep or holds too much." });
    const line = `{"a":[${"[],".repeat(1_000_000)}0]}\n{"b":1}`;
    expect(items(line, litellmItems)).toEqual([
      { problem: "The line is too deep or holds too much." },
      { value: { b: 1 } },
    ]);
  });

  it("counts as records before any of them is kept", () => {
    expect(() => items(`[${"[],".repeat(1_000_000)}0]`)).toThrow("at most 5000 records");
  });
});

it("hands over texts of elements, without blanks taken off", () => {
  const texts = [...arrayElements(Buffer.from("[ 1 ,[2] ]"))].map(
    (text) => text && Buffer.from(text).toString(),
  );
  expect(texts).toEqual(["1 ", "[2] "]);
});

function whole(body: Buffer): unknown {
  return attempt(() => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}

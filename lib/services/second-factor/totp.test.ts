import { describe, expect, it } from "vitest";
import { base32 } from "./base32.ts";
import { codeAt, enrolmentUri, stepAt, stepOfCode } from "./totp.ts";

// RFC 6238, appendix B, the column of SHA1; of its eight digits the last six.
const secret = Buffer.from("12345678901234567890");
const vectors = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
] as const;

describe("a code", () => {
  it.each(vectors)("at %i seconds is %s", (seconds, code) => {
    expect(codeAt(secret, stepAt(seconds * 1_000))).toBe(code);
    expect(stepOfCode(secret, code, seconds * 1_000)).toBe(stepAt(seconds * 1_000));
  });

  it("is good in its step, the one before and the one after", () => {
    const at = 1_800_000_015_000;
    const code = codeAt(secret, stepAt(at));
    for (const off of [-30_000, 0, 30_000])
      expect(stepOfCode(secret, code, at + off), `${off}`).toBe(stepAt(at));
    for (const off of [-60_000, 60_000, 90_000])
      expect(stepOfCode(secret, code, at + off), `${off}`).toBeNull();
  });

  it("is six digits and nothing else", () => {
    for (const wrong of ["", "28708", "2870822", "28708２", " 287082", "28708a"])
      expect(stepOfCode(secret, wrong, 59_000), wrong).toBeNull();
  });
});

// RFC 4648, section 10.
it.each([
  ["", ""],
  ["f", "MY"],
  ["fo", "MZXQ"],
  ["foo", "MZXW6"],
  ["foob", "MZXW6YQ"],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI"],
])("base32 of %j is %j", (text, coded) => {
  expect(base32(Buffer.from(text))).toBe(coded);
});

it("an enrolment names the person and the secret, and nothing is read out of an address", () => {
  const uri = new URL(enrolmentUri("MZXW6YTB", "a?secret=x&b@c.example"));
  expect(uri.searchParams.get("secret")).toBe("MZXW6YTB");
  expect(decodeURIComponent(uri.pathname)).toContain("Domicile:a?secret=x&b@c.example");
});

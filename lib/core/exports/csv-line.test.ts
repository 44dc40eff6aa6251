import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { csvLine, spreadsheetText } from "./csv-line.ts";

describe("a line of CSV", () => {
  it("is read back as it was by a reader of RFC 4180", () => {
    const values = ["plain", 'with "quotes"', "a,b", "two\r\nlines", " spaces ", "", "ünï", "\u{1f600}"];
    expect(parse(csvLine(values))).toEqual([values]);
    expect(csvLine([1, true, null, -2.5])).toBe("1,true,,-2.5\r\n");
  });

  it.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "|cmd",
    "%0",
    "\t=1",
    "\r=1",
    "\n=1",
    "\u0000=1",
    "  =1",
    "\u00a0=1",
    "\ufeff=1",
    "\u200b@x",
    "\u2003=1",
    "\uff1d1",
    " \t\u00a0+1",
    "\tplain",
  ])("never begins like a formula: %j", (text) => {
    expect(spreadsheetText(text)).toBe(`'${text}`);
  });

  it("is safe on every line of a value, and leaves what is no formula as it is", () => {
    expect(spreadsheetText("a\n=1")).toBe("a\n'=1");
    expect(spreadsheetText("a\r\n \u00a0=1\r\nb")).toBe("a\r\n' \u00a0=1\r\nb");
    expect(spreadsheetText("a\rb\r=1")).toBe("a\rb\r'=1");
    for (const text of ["gpt-4o", "a=b", "eu.api.openai.com", "", "1-2", "x@y.example"])
      expect(spreadsheetText(text)).toBe(text);
  });
});

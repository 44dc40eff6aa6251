import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecordSplitter, type RecordForm, recordBytesMax } from "./split-records.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function split(form: RecordForm, text: string, pieceBytes = 1_000_000): [number, string | null][] {
  const splitter = createRecordSplitter(form);
  const bytes = utf8(text);
  const records = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    records.push(...splitter.push(bytes.slice(at, at + pieceBytes)));
  return [...records, ...splitter.end()].map((record) => [record.line, record.text]);
}

describe("records", () => {
  it.each<[RecordForm, string, [number, string | null][]]>([
    [
      "lines",
      '{"a":1}\n\n{"b":2}\r\n{"c":3}',
      [
        [1, '{"a":1}'],
        [3, '{"b":2}'],
        [4, '{"c":3}'],
      ],
    ],
    [
      "lines",
      "\uFEFFa\nb",
      [
        [1, "a"],
        [2, "b"],
      ],
    ],
    [
      "csv",
      'id,text\n1,"two\nlines, ""quoted"""\r\n2,x\n',
      [
        [1, "id,text"],
        [2, '1,"two\nlines, ""quoted"""'],
        [4, "2,x"],
      ],
    ],
    [
      "csv",
      "a;b\n1;ä\n",
      [
        [1, "a;b"],
        [2, "1;ä"],
      ],
    ],
    [
      "json",
      '[{"a":"],[{\\""},\n {"b":[1,{"c":2}]}\n]\n',
      [
        [1, '{"a":"],[{\\""}'],
        [2, '{"b":[1,{"c":2}]}\n'],
      ],
    ],
    ["json", "[]", []],
    [
      "json",
      "[1,2]",
      [
        [1, "1"],
        [1, "2"],
      ],
    ],
    ["lines", "", []],
  ])("%s: %j", (form, text, records) => {
    expect(split(form, text)).toEqual(records);
  });

  it("are not run into one by a quote within a cell", () => {
    expect(split("csv", 'a,b\n5" screen,x\nd""e,"f"\ng,h\n')).toEqual([
      [1, "a,b"],
      [2, '5" screen,x'],
      [3, 'd""e,"f"'],
      [4, "g,h"],
    ]);
    expect(split("csv", '\uFEFF"a\nb"; "c\nd"\t"""e\n"\nf')).toEqual([
      [1, '"a\nb"; "c\nd"\t"""e\n"'],
      [5, "f"],
    ]);
  });

  it("that cannot be read as they are say why, and the others stand", () => {
    const splitter = createRecordSplitter("csv");
    const bytes = new Uint8Array([
      ...utf8("a\nM"),
      0xfc,
      ...utf8("ller\nb\n"),
      0xff,
      0xfe,
      ...utf8('\n"c\nd\n'),
    ]);
    expect([...splitter.push(bytes), ...splitter.end()]).toEqual([
      { line: 1, text: "a" },
      { line: 2, text: null, why: "not_utf8" },
      { line: 3, text: "b" },
      { line: 4, text: null, why: "not_utf8" },
      { line: 5, text: null, why: "open_quote" },
    ]);
  });

  it("are the same however the file is cut on its way", () => {
    const files: [RecordForm, string][] = [
      ["lines", '{"ä":1}\n{"b":"€"}\n\n{"c":3}'],
      ["csv", 'id,text\n1,"two\nlines, ""ü"""\n2,x\n'],
      ["json", ' [{"a":"],[€"},\n{"b":[1,{"c":2}]}] '],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.integer({ min: 1, max: 9 }), ([form, text], piece) => {
        expect(split(form, text, piece)).toEqual(split(form, text));
      }),
    );
  });

  it("longer than is read are told and passed over, without being held", () => {
    const long = `"${"x".repeat(recordBytesMax)}"`;
    expect(split("lines", `1\n${long}\n3`, 65_536)).toEqual([
      [1, "1"],
      [2, null],
      [3, "3"],
    ]);
    expect(split("json", `[1,${long},3]`, 65_536)).toEqual([
      [1, "1"],
      [1, null],
      [1, "3"],
    ]);
  });
});

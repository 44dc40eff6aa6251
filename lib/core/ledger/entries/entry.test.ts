import { describe, expect, it } from "vitest";
import { canonicalText } from "../canonical.ts";
import { decodeEntry, type Entry, EntryError, encodeEntry, encodeWritten, entryTypes } from "./entry.ts";

const entry: Entry = {
  log: "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1",
  index: 12,
  type: "event",
  at: "2026-11-22T09:00:01.250Z",
  body: { id: "e", count: 3 },
  commit: { actor_name: `${"A".repeat(43)}=` },
};

const bytes = (text: string) => new TextEncoder().encode(text);
const text = new TextDecoder().decode(encodeEntry(entry));

describe("an entry", () => {
  it("is canonical JSON that carries its log, its place and its time, and reads back as it was", () => {
    expect(text).toBe(
      `{"at":"2026-11-22T09:00:01.250Z","body":{"count":3,"id":"e"},"commit":{"actor_name":"${"A".repeat(43)}="},"index":12,"log":"domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1","type":"event","v":1}`,
    );
    expect(decodeEntry(bytes(text))).toEqual(entry);
  });

  it("without commitments has no such member", () => {
    const { commit: _, ...plain } = entry;
    expect(decodeEntry(encodeEntry(plain))).toEqual(plain);
  });

  it("is the same with a body that was written before, and with a log whose name needs care", () => {
    const awkward = { ...entry, log: 'a"b\\c' };
    const { body, ...frame } = awkward;
    expect(encodeWritten(frame, canonicalText(body))).toEqual(encodeEntry(awkward));
    expect(decodeEntry(encodeEntry(awkward))).toEqual(awkward);
  });

  it.each(entryTypes)("can be a %s", (type) => {
    expect(decodeEntry(encodeEntry({ ...entry, type })).type).toBe(type);
  });
});

describe("2.17 row 5: times have milliseconds, in the bytes and back", () => {
  it.each([
    "2026-11-22T09:00:01.250123Z",
    "2026-11-22T09:00:01Z",
    "2026-11-22T09:00:01.25Z",
    "2026-11-22T09:00:01.250+00:00",
    "2026-13-22T09:00:01.250Z",
  ])("%s is neither written nor read", (at) => {
    expect(() => encodeEntry({ ...entry, at })).toThrow(EntryError);
    expect(() => decodeEntry(bytes(text.replace(entry.at, at)))).toThrow(EntryError);
  });
});

describe("2.17 row 6: what is no whole entry is refused, never completed", () => {
  it.each(["v", "log", "index", "type", "at", "body"])("without %s", (member) => {
    const { [member]: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
    const sorted = Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(() => decodeEntry(bytes(JSON.stringify(sorted)))).toThrow(EntryError);
  });

  it.each([
    ["an empty text", ""],
    ["a list", "[]"],
    ["null", "null"],
    ["a body that is no object", text.replace('{"count":3,"id":"e"}', '"e"')],
    ["an empty set of commitments", text.replace(/"commit":\{.*?\}/, '"commit":{}')],
    ["a commitment that is no hash", text.replace(/A{43}=/, "AAAA")],
    ["a commitment with bits beyond its hash", text.replace(/A{43}=/, `${"A".repeat(42)}B=`)],
    ["another order of members", text.replace(/^\{("at":"[^"]*"),(.*),("v":1)\}$/, "{$3,$2,$1}")],
    ["a member told twice", text.replace('"index":12', '"index":12,"index":12')],
    ["a space", text.replace(",", ", ")],
    ["a byte order mark", `\ufeff${text}`],
    ["an escape that is not needed", text.replace('"id"', '"\\u0069d"')],
  ])("%s", (_what, changed) => {
    expect(changed).not.toBe(text);
    expect(() => decodeEntry(bytes(changed))).toThrow(EntryError);
  });
});

describe("2.17 row 14: an unknown version, type or member is refused", () => {
  it.each([
    ["version 2", '"v":1', '"v":2'],
    ["version as text", '"v":1', '"v":"1"'],
    ["type", '"type":"event"', '"type":"memo"'],
    ["inherited type", '"type":"event"', '"type":"constructor"'],
    ["member", '"type":"event"', '"type":"event","u":1'],
    ["index", '"index":12', '"index":-1'],
    ["index as text", '"index":12', '"index":"12"'],
    ["origin", '"log":"domicile', '"log":"dom icile'],
  ])("%s", (_what, from, to) => {
    expect(text).toContain(from);
    expect(() => decodeEntry(bytes(text.replace(from, to)))).toThrow(EntryError);
  });
});

describe("2.17 row 16: an index is a whole number that a double holds", () => {
  it.each([2 ** 53, 1.5, -1, Number.NaN])("%s is never written", (index) => {
    expect(() => encodeEntry({ ...entry, index })).toThrow(EntryError);
  });

  it("the greatest one is written and read as it is", () => {
    const index = Number.MAX_SAFE_INTEGER;
    expect(decodeEntry(encodeEntry({ ...entry, index })).index).toBe(index);
    expect(() => decodeEntry(bytes(text.replace('"index":12', '"index":9007199254740992')))).toThrow(
      EntryError,
    );
    expect(() => decodeEntry(bytes(text.replace('"index":12', '"index":9007199254740993')))).toThrow(
      EntryError,
    );
  });
});

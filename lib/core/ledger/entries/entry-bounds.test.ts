import { describe, expect, it } from "vitest";
import type { NamedObject } from "../../calls/provider-object.ts";
import { openaiCatalog } from "../../regions/openai-catalog.ts";
import { chat, dialled, preset } from "../../testing/case.ts";
import { recordedCall } from "../../testing/recorded-call.ts";
import { type CanonicalValue, canonicalText } from "../canonical.ts";
import { callBody } from "./call-body.ts";
import { listOf, text } from "./cut-codec.ts";
import { decodeEntry, type Entry, EntryError, encodeEntry } from "./entry.ts";
import { namedObjects } from "./facts-codec.ts";

const entry: Entry = {
  log: "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1",
  index: 12,
  type: "event",
  at: "2026-11-22T09:00:01.250Z",
  body: { id: "e" },
};
const bytes = (value: object) => new TextEncoder().encode(canonicalText(value as CanonicalValue));

describe("an entry", () => {
  it.each([[["a"]], ["text"], [null], [4]])("has no body %j", (body) => {
    expect(() => encodeEntry({ ...entry, body })).toThrow(EntryError);
    expect(() => decodeEntry(bytes({ ...entry, body, v: 1 }))).toThrow(EntryError);
  });

  // A pattern alone would take each of them for its text.
  it.each([[[entry.at]], [1_763_802_001_250], [null]])("has no time %j", (at) => {
    expect(() => decodeEntry(bytes({ ...entry, at, v: 1 }))).toThrow(EntryError);
  });

  it.each([
    ["log", [entry.log]],
    ["index", "12"],
    ["type", ["event"]],
  ])("has no %s %j", (member, value) => {
    expect(decodeEntry(bytes({ ...entry, v: 1 }))).toEqual(entry);
    expect(() => decodeEntry(bytes({ ...entry, [member]: value, v: 1 }))).toThrow(EntryError);
  });
});

describe("what a member of a call has room for", () => {
  const bodyOf = (over: object): CanonicalValue =>
    callBody(
      recordedCall(
        {
          facts: chat(),
          attempts: [dialled("eu.api.openai.com")],
          policy: preset("eea_ch"),
          catalog: openaiCatalog,
          pin: { kind: "unknown", region: null, source: "none", since: null, attestedBy: null },
          intendedRegion: "eu",
          refusal: null,
        },
        over,
      ),
    );

  it.each([
    ["startedAt", "started_at", 24],
    ["providerObjectId", "provider_object_id", 128],
  ])("%s is cut beyond its bytes and not before", (member, written, most) => {
    expect(bodyOf({ [member]: "x".repeat(most) })).toMatchObject({ [written]: "x".repeat(most) });
    expect(bodyOf({ [member]: "x".repeat(most + 1) })).toMatchObject({
      [written]: { cut: "x".repeat(most), length: most + 1 },
    });
  });

  const named = (length: number): NamedObject => ({
    kind: "file",
    id: "f".repeat(length),
    bytes: null,
    expiresAt: null,
    madeBy: null,
  });

  it("is 700 bytes of objects that an answer names: what fits is whole, the first that does not is counted", () => {
    const one = namedObjects.write([named(20)]);
    const size = canonicalText(one).length - 1;
    const fitting = Math.floor(700 / size);
    const whole = Array.from({ length: fitting }, () => named(20));
    expect(namedObjects.write(whole)).toHaveLength(fitting);
    // Of the last one as many letters more as there is room.
    const last = (more: number) => [...whole.slice(1), named(20 + 700 - fitting * size + more)];
    expect(namedObjects.write(last(0))).toHaveLength(fitting);
    expect(namedObjects.write(last(1))).toMatchObject({ count: fitting });
  });

  it("is measured item by item where the largest would not surely fit", () => {
    const codec = listOf(text(10), { bytesMax: 22, itemBytesMax: 10 });
    const ten = "x".repeat(10);
    expect(codec.write([ten, ten])).toEqual([ten, ten]);
    expect(codec.write([ten, ten, ""])).toEqual({ items: [ten, ten], count: 3 });
    expect(codec.write(["a", "b", "c", "d", "e", "f"])).toHaveLength(6);
    // In characters that take more room than they have units.
    expect(codec.write(["é".repeat(5), "é".repeat(5), "é"])).toMatchObject({ count: 3 });
  });
});

import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { toHex } from "./bytes.ts";
import { commitment } from "./commitment.ts";
import { ConsistencyFileError, formatConsistencyFile, parseConsistencyFile } from "./consistency-file.ts";
import { formatTlogProof, parseTlogProof, TlogProofError } from "./tlog-proof.ts";

const h1 = "rzFuy5Go7nrpkhBwKy1HWPMM3eO/YePY54fXRoH5Cm4=";
const h2 = "5784L25ZFbP4hhm4ZiI+vx1RxMUyHMzeLp/3AKMlkIY=";
const hash = (text: string) => Uint8Array.from(Buffer.from(text, "base64"));

describe("a tlog-proof is C2SP's", () => {
  it.each([
    [
      { index: 5n, hashes: [hash(h1), hash(h2)], checkpointNote: "test checkpoint\n" },
      `c2sp.org/tlog-proof@v1\nindex 5\n${h1}\n${h2}\n\ntest checkpoint\n`,
    ],
    [
      {
        extra: Uint8Array.from(Buffer.from("extra information")),
        index: 10n,
        hashes: [hash(h1)],
        checkpointNote: "c\n",
      },
      `c2sp.org/tlog-proof@v1\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 10\n${h1}\n\nc\n`,
    ],
    [
      { index: 0n, hashes: [], checkpointNote: "checkpoint\n" },
      "c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n",
    ],
    [
      { index: 2n ** 63n - 1n, hashes: [], checkpointNote: "a\n\nb\n" },
      "c2sp.org/tlog-proof@v1\nindex 9223372036854775807\n\na\n\nb\n",
    ],
  ])("%#: written and read", (proof, text) => {
    expect(formatTlogProof(proof)).toBe(text);
    expect(parseTlogProof(text)).toEqual(proof);
  });

  it.each([
    ["2.17 row 14: another version", "c2sp.org/tlog-proof@v2\nindex 0\n\nc\n"],
    ["no index", "c2sp.org/tlog-proof@v1\n\nc\n"],
    ["a negative index", "c2sp.org/tlog-proof@v1\nindex -5\n\nc\n"],
    ["an index with a leading zero", "c2sp.org/tlog-proof@v1\nindex 05\n\nc\n"],
    ["an index of 2^63", "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\nc\n"],
    ["extra that is no base64", "c2sp.org/tlog-proof@v1\nextra !!\nindex 0\n\nc\n"],
    ["extra behind the index", "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\nc\n"],
    ["2.17 row 14: a line nobody knows", "c2sp.org/tlog-proof@v1\nmore AAAA\nindex 0\n\nc\n"],
    ["a step that is no base64", "c2sp.org/tlog-proof@v1\nindex 0\n!!\n\nc\n"],
    ["a step of 66 bytes", `c2sp.org/tlog-proof@v1\nindex 0\n${Buffer.alloc(66).toString("base64")}\n\nc\n`],
    ["a step of 31 bytes", `c2sp.org/tlog-proof@v1\nindex 0\n${Buffer.alloc(31).toString("base64")}\n\nc\n`],
    ["64 steps", `c2sp.org/tlog-proof@v1\nindex 0\n${`${h1}\n`.repeat(64)}\nc\n`],
    ["no checkpoint", "c2sp.org/tlog-proof@v1\nindex 0\n"],
    ["CR LF", "c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\nc\r\n"],
  ])("%s: refused", (_, text) => {
    expect(() => parseTlogProof(text)).toThrow(TlogProofError);
  });

  it("is not written with what could not be read", () => {
    const proof = { index: 0n, hashes: [], checkpointNote: "c\n" };
    expect(() => formatTlogProof({ ...proof, index: -1n })).toThrow(RangeError);
    expect(() => formatTlogProof({ ...proof, hashes: [new Uint8Array(31)] })).toThrow(RangeError);
    expect(() => formatTlogProof({ ...proof, hashes: Array(64).fill(hash(h1)) })).toThrow(RangeError);
  });
});

describe("a consistency file has the form of C2SP's add-checkpoint", () => {
  it.each([
    [
      { oldSize: 20_852_014n, hashes: [hash(h1), hash(h2)], checkpointNote: "c\n" },
      `old 20852014\n${h1}\n${h2}\n\nc\n`,
    ],
    [{ oldSize: 0n, hashes: [], checkpointNote: "c\n" }, "old 0\n\nc\n"],
  ])("%#: written and read", (file, text) => {
    expect(formatConsistencyFile(file)).toBe(text);
    expect(parseConsistencyFile(text)).toEqual(file);
  });

  it.each([
    ["no size", "\n\nc\n"],
    ["a size with a leading zero", "old 01\n\nc\n"],
    ["a word nobody knows", "new 1\n\nc\n"],
    ["a step that is no hash", "old 1\nAAAA\n\nc\n"],
    ["64 steps", `old 1\n${`${h1}\n`.repeat(64)}\nc\n`],
    ["no checkpoint", "old 1\n"],
  ])("%s: refused", (_, text) => {
    expect(() => parseConsistencyFile(text)).toThrow(ConsistencyFileError);
  });
});

describe("a commitment", () => {
  const salt = new Uint8Array(32).fill(7);
  const commit = (field: string, value: string, by = salt) =>
    toHex(commitment(nodeCrypto, field, by, Buffer.from(value)));

  it("is the hash of its context, its field, its salt and its value", () => {
    const input = Buffer.concat([Buffer.from("domicile/commit/v1\nend_user\n"), salt, Buffer.from("ada")]);
    expect(commit("end_user", "ada")).toBe(toHex(nodeCrypto.sha256(input)));
  });

  it("is another for another field, salt or value", () => {
    const all = [
      commit("end_user", "ada"),
      commit("end_use", "ada"),
      commit("end_user", "adb"),
      commit("end_user", "ada", new Uint8Array(32)),
    ];
    expect(new Set(all).size).toBe(4);
  });

  it.each(["", "a\nb", "End", "a".repeat(41)])("is not made for the field %j", (field) => {
    expect(() => commit(field, "ada")).toThrow(RangeError);
  });

  it("is not made with a shorter salt", () => {
    expect(() => commit("end_user", "ada", new Uint8Array(31))).toThrow(RangeError);
  });
});

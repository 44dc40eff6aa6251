import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { formatVerifierKey, NoteError, openNote, parseVerifierKey, signNote } from "./note.ts";
import { logKey, sampleOrigin, strangerKey } from "./testing/sample-log.ts";
import { testKey } from "./testing/test-key.ts";

const vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const specNote =
  "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
const specKey = parseVerifierKey(nodeCrypto, vkey);
const open = (note: string, keys = [specKey]) => openNote(nodeCrypto, note, keys);
const refusal = (code: NoteError["code"]) => expect.objectContaining({ name: "NoteError", code });

describe("C2SP signed-note's own example", () => {
  it("opens under its key", () => {
    expect(open(specNote)).toEqual({
      text: "This is an example message.\n",
      verified: [{ key: specKey, time: null }],
      unverified: [],
    });
  });

  it("its key is written as it was read", () => {
    expect(formatVerifierKey(nodeCrypto, specKey.name, specKey.type, specKey.publicKey)).toBe(vkey);
  });

  it("2.17 row 4: with any one bit changed it does not open as what it was", () => {
    const bytes = Buffer.from(specNote);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open(changed.toString()), `bit ${bit}`).toThrow(NoteError);
    }
  });

  it("cut short anywhere it does not open", () => {
    for (let end = 0; end < specNote.length; end++)
      expect(() => open(specNote.slice(0, end))).toThrow(NoteError);
  });
});

describe("a note says nothing until a key that was asked for has signed it", () => {
  const text = "a\n\nb\n";
  const sign = (...signers: Parameters<typeof signNote>[2]) => signNote(nodeCrypto, text, signers);
  const keyOf = (key: ReturnType<typeof testKey>, name: string) =>
    parseVerifierKey(nodeCrypto, key.vkey(name, 1));
  const ours = keyOf(logKey, sampleOrigin);

  it("ours among others opens it; the others are named and count for nothing", () => {
    const opened = open(sign(strangerKey.signer("another.example"), logKey.signer(sampleOrigin)), [ours]);
    expect(opened.text).toBe(text);
    expect(opened.verified.map(({ key }) => key.name)).toEqual([sampleOrigin]);
    expect(opened.unverified.map(({ name }) => name)).toEqual(["another.example"]);
  });

  it("2.17 row 7: signed by a stranger under our name it does not open", () => {
    expect(() => open(sign(strangerKey.signer(sampleOrigin)), [ours])).toThrow(refusal("no_known_signature"));
  });

  it("with no key asked for it does not open", () => {
    expect(() => open(sign(logKey.signer(sampleOrigin)), [])).toThrow(refusal("no_known_signature"));
  });

  it("a signature that claims our key and is wrong spoils it, though another one is right", () => {
    const good = sign(logKey.signer(sampleOrigin));
    const forged = sign({ ...logKey.signer(sampleOrigin), sign: () => new Uint8Array(64) });
    const line = forged.slice(forged.lastIndexOf("\u2014"));
    expect(() => open(good + line, [ours])).toThrow(refusal("bad_signature"));
    expect(() => open(forged, [ours])).toThrow(refusal("bad_signature"));
  });

  it("a signature of another length by our key is wrong, never skipped", () => {
    const short = sign({ ...logKey.signer(sampleOrigin), sign: () => new Uint8Array(63) });
    expect(() => open(short, [ours])).toThrow(refusal("bad_signature"));
  });

  it("the same key asked for twice is refused", () => {
    expect(() => open(sign(logKey.signer(sampleOrigin)), [ours, ours])).toThrow(refusal("ambiguous_key"));
  });

  it("a signature over another text does not count", () => {
    const moved = sign(logKey.signer(sampleOrigin)).replace("b\n", "c\n");
    expect(() => open(moved, [ours])).toThrow(refusal("bad_signature"));
  });

  it("takes 16 signatures, as C2SP asks, and no more than 100", () => {
    const signers = Array.from({ length: 100 }, (_, i) => testKey(i + 20).signer(`signer${i}.example`));
    const keys = [keyOf(testKey(20), "signer0.example")];
    expect(open(sign(...signers), keys).unverified).toHaveLength(99);
    expect(() => open(sign(...signers, strangerKey.signer("x")), keys)).toThrow(refusal("malformed"));
  });
});

describe("what is no note is refused", () => {
  const line = specNote.slice(specNote.indexOf("\u2014"));

  it.each([
    ["no signature", "This is an example message.\n"],
    ["an empty line and nothing behind", "This is an example message.\n\n"],
    ["no line end behind", specNote.slice(0, -1)],
    ["CR LF", specNote.replaceAll("\n", "\r\n")],
    ["a control character", specNote.replace("an", "a\u0001")],
    ["half a surrogate pair", specNote.replace("an", "a\ud800")],
    ["a line that is no signature", `${specNote}more\n`],
    ["a hyphen for the dash", specNote.replace("\u2014", "-")],
    ["two spaces", specNote.replace("\u2014 ", "\u2014  ")],
    ["a name with a plus", specNote.replace("example.com/foo", "example.com+foo")],
    ["a signature shorter than a key id", "a\n\n\u2014 b AAAA\n"],
    ["base64 with other last bits", specNote.replace("yaQM=", "yaQN=")],
    ["base64 without its padding", specNote.replace("yaQM=", "yaQM")],
    ["a million letters", `${"a".repeat(1_000_000)}\n\n${line}`],
  ])("%s", (_, note) => {
    expect(() => open(note)).toThrow(refusal("malformed"));
  });
});

describe("a note is not signed", () => {
  it.each([
    ["without a final line end", "abc", sampleOrigin],
    ["with a control character", "a\tb\n", sampleOrigin],
    ["under a name with a plus", "abc\n", "a+b"],
    ["under a name with a space", "abc\n", "a b"],
    ["under no name", "abc\n", ""],
  ])("%s", (_, text, name) => {
    expect(() => signNote(nodeCrypto, text, [logKey.signer(name)])).toThrow(NoteError);
  });

  it("by nobody", () => {
    expect(() => signNote(nodeCrypto, "abc\n", [])).toThrow(NoteError);
  });
});

describe("a verifier key that is not exactly one is refused", () => {
  it("every shorter or neighbouring text of one", () => {
    for (let i = 0; i < vkey.length; i++) {
      const next = String.fromCharCode(vkey.charCodeAt(i) + 1);
      for (const text of [vkey.slice(0, i), vkey.slice(i + 1), vkey.slice(0, i) + next + vkey.slice(i + 1)])
        expect(() => parseVerifierKey(nodeCrypto, text), text).toThrow(refusal("bad_key"));
    }
  });

  it.each([
    ["a longer key", "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="],
    [
      "2.17 row 14: a type nobody knows",
      "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
  ])("%s, with the key id that would belong to it", (_, text) => {
    expect(() => parseVerifierKey(nodeCrypto, text)).toThrow(refusal("bad_key"));
  });
});

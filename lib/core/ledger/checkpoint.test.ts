import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { CheckpointError, formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { cosignatureMessage, cosignatureType, cosigner, readCosignature } from "./cosignature.ts";
import { NoteError, openNote, parseVerifierKey, signNote } from "./note.ts";
import { clockKey, clockName, logKey, sampleOrigin } from "./testing/sample-log.ts";

const text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
const root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

describe("a checkpoint is C2SP's three lines", () => {
  it("read and written the same", () => {
    const checkpoint = parseCheckpoint(text);
    expect(checkpoint).toMatchObject({ origin: "example.com/behind-the-sofa", size: 20_852_163n });
    expect(formatCheckpoint(checkpoint)).toBe(text);
  });

  it.each(["0", "9007199254740993", "9223372036854775807"])(
    "2.17 row 16: size %s is what it says",
    (size) => {
      expect(parseCheckpoint(`a\n${size}\n${root}\n`).size).toBe(BigInt(size));
    },
  );

  it.each([
    ["a leading zero", `a\n007\n${root}\n`],
    ["a plus", `a\n+7\n${root}\n`],
    ["a minus", `a\n-7\n${root}\n`],
    ["a space behind", `a\n7 \n${root}\n`],
    ["hexadecimal", `a\n0x7\n${root}\n`],
    ["no number", `a\nseven\n${root}\n`],
    ["other digits", `a\n٧\n${root}\n`],
    ["2^63", `a\n9223372036854775808\n${root}\n`],
    ["31 bytes of root", `a\n7\n${Buffer.alloc(31).toString("base64")}\n`],
    ["33 bytes of root", `a\n7\n${Buffer.alloc(33).toString("base64")}\n`],
    ["other last bits", `a\n7\n${root.replace("2I=", "2J=")}\n`],
    ["no padding", `a\n7\n${root.slice(0, -1)}\n`],
    ["base64 for addresses", `a\n7\n${root.replaceAll("/", "_")}\n`],
    ["CR LF", `a\r\n7\r\n${root}\r\n`],
    ["no origin", `\n7\n${root}\n`],
    ["a space in the origin", `a b\n7\n${root}\n`],
    ["a plus in the origin", `a+b\n7\n${root}\n`],
    ["a control character in the origin", `a\u007f\n7\n${root}\n`],
    ["two lines", "a\n7\n"],
    ["no last line end", `a\n7\n${root}`],
    ["2.17 row 14: a line more", `a\n7\n${root}\nmore\n`],
    ["an empty line more", `a\n7\n${root}\n\n`],
  ])("with %s it is refused", (_, other) => {
    expect(() => parseCheckpoint(other)).toThrow(CheckpointError);
  });

  it.each([
    ["a size below nothing", { size: -1n }],
    ["a size of 2^63", { size: 2n ** 63n }],
    ["a root of 31 bytes", { root: new Uint8Array(31) }],
    ["an origin of two lines", { origin: "a\nb" }],
  ])("with %s it is not written", (_, over) => {
    expect(() => formatCheckpoint({ ...parseCheckpoint(text), ...over })).toThrow(CheckpointError);
  });
});

describe("the clock's cosignature", () => {
  const time = 1_679_315_147n;
  const signer = clockKey.clock(clockName, time);
  const key = parseVerifierKey(nodeCrypto, clockKey.vkey(clockName, cosignatureType));
  const signature = signer.sign(Buffer.from(text));

  it("signs C2SP's message", () => {
    expect(new TextDecoder().decode(cosignatureMessage(time, text))).toBe(
      `cosignature/v1\ntime 1679315147\n${text}`,
    );
  });

  it("gives its time to whoever opens the note", () => {
    const opened = openNote(nodeCrypto, signNote(nodeCrypto, text, [logKey.signer("x"), signer]), [key]);
    expect(opened.verified).toEqual([{ key, time }]);
  });

  it("2.17 row 4: with any bit of time or signature changed it is not the key's", () => {
    for (let bit = 0; bit < signature.length * 8; bit += 7) {
      const changed = Uint8Array.from(signature);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(readCosignature(nodeCrypto, key.publicKey, text, changed)?.verified ?? false, `bit ${bit}`).toBe(
        false,
      );
    }
  });

  it("over another checkpoint it is not the key's", () => {
    expect(readCosignature(nodeCrypto, key.publicKey, text.replace("2163", "2164"), signature)).toEqual({
      time,
      verified: false,
    });
  });

  it("is no plain signature, and a plain one is no cosignature", () => {
    const plain = parseVerifierKey(nodeCrypto, clockKey.vkey(clockName, 1));
    const note = signNote(nodeCrypto, text, [signer]);
    expect(() => openNote(nodeCrypto, note, [plain])).toThrow(NoteError);
    const bare = { ...signer, sign: logKey.signer(sampleOrigin).sign };
    expect(() => openNote(nodeCrypto, signNote(nodeCrypto, text, [bare]), [key])).toThrow(NoteError);
  });

  it("does not say a time that no clock has", () => {
    expect(() => cosigner({ ...signer, time: 2n ** 63n }).sign(Buffer.from(text))).toThrow(RangeError);
    const late = Uint8Array.from(signature);
    late[0] = 0x80;
    expect(readCosignature(nodeCrypto, key.publicKey, text, late)).toBeNull();
  });
});

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMultipartParser, type PartHead } from "./multipart.ts";

type Part = PartHead & { body: string; ended: boolean };

function parse(pieces: readonly (string | Buffer)[], boundary = "b") {
  const parts: Part[] = [];
  const parser = createMultipartParser(boundary, (head) => {
    const part: Part = { ...head, body: "", ended: false };
    parts.push(part);
    return {
      data: (chunk) => {
        part.body += chunk.toString("latin1");
      },
      end: () => {
        part.ended = true;
      },
    };
  });
  for (const piece of pieces) parser.push(Buffer.from(piece as string, "latin1"));
  return { parts, state: parser.state() };
}

const disposition = 'Content-Disposition: form-data; name="model"';
const form = (head: string, body = "x") => `--b\r\n${head}\r\n\r\n${body}\r\n--b--\r\n`;

describe("createMultipartParser", () => {
  it("tells parts apart, and a file from a field, without its name", () => {
    const text =
      `--b\r\n${disposition}\r\n\r\nwhisper-1\r\n` +
      '--b\r\ncontent-type: audio/wav\r\ncontent-disposition: form-data; name="file"; filename="a \\"b\\";.wav"\r\n\r\n\r\n--c\r\n' +
      "\r\n--b--\r\n";
    expect(parse([text])).toEqual({
      parts: [
        { name: "model", isFile: false, body: "whisper-1", ended: true },
        { name: "file", isFile: true, body: "\r\n--c\r\n", ended: true },
      ],
      state: "whole",
    });
  });

  it("reads the same wherever a peer cuts it, whatever the files hold", () => {
    const piece = fc.string({ unit: fc.constantFrom("\r", "\n", "-", "b", "\r\n--", "x") });
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(200)), (bodies, cuts) => {
        const whole = bodies.filter((body) => !`\r\n${body}\r\n`.includes("\r\n--b"));
        const text = `${whole.map((body) => `--b\r\n${disposition}\r\n\r\n${body}\r\n`).join("")}--b--`;
        if (whole.length === 0) return;
        const at = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, i) => text.slice(at[i], end));
        const read = parse(pieces);
        expect(read.state).toBe("whole");
        expect(read.parts.map(({ body }) => body)).toEqual(whole);
      }),
    );
  });

  it.each([
    ["a preamble", `hello\r\n${form(disposition)}`],
    ["a folded header", form(`${disposition};\r\n filename=x`)],
    ["a line that is no header", form(`${disposition}\r\nx`)],
    ["two dispositions", form(`${disposition}\r\n${disposition}`)],
    ["no disposition", form("content-type: text/plain")],
    ["a name said twice", form(`${disposition}; name="file"`)],
    ["an escape in the name", form('Content-Disposition: form-data; name="mo\\del"')],
    ["a percent in the name", form('Content-Disposition: form-data; name="mod%65l"')],
    ["a name in another form", form(`${disposition}; name*=utf-8''x`)],
    ["a bare parameter", form('Content-Disposition: form-data; name="model" x')],
    ["another kind of part", form('Content-Disposition: attachment; name="model"')],
    ["an encoded part", form(`${disposition}\r\nContent-Transfer-Encoding: base64`)],
    ["a bare line feed", form(disposition).replaceAll("\r\n", "\n")],
    ["something behind the delimiter", form(disposition).replace("--b\r\n", "--bc\r\n")],
    ["a head without an end", `--b\r\n${disposition}\r\nx-a: ${"y".repeat(9_000)}`],
  ])("calls %s broken, because another reader may take it differently", (_what, text) => {
    expect(parse([text]).state).toBe("broken");
    expect(parse([...text]).state).toBe("broken");
  });

  it("says of a body without its last delimiter that it still reads, and of what follows it nothing", () => {
    expect(parse([form(disposition).slice(0, -6)]).state).toBe("reading");
    expect(parse([form(disposition), form(disposition)])).toMatchObject({
      state: "whole",
      parts: [{ name: "model" }],
    });
  });

  it("holds nothing of a file, however long it is", async () => {
    let given = 0;
    const memory = new Set<WeakRef<ArrayBufferLike>>();
    const data = (bytes: Buffer): void => {
      given += bytes.length;
      memory.add(new WeakRef(bytes.buffer));
    };
    const parser = createMultipartParser("b", () => ({ data, end: () => undefined }));
    parser.push(Buffer.from(`--b\r\n${disposition}; filename=x\r\n\r\n`));
    for (let pushed = 0; pushed < 256; pushed += 1) {
      const chunk = Buffer.alloc(64 * 1024, "\r\n--");
      memory.add(new WeakRef(chunk.buffer));
      parser.push(chunk);
      // What is not handed on is the start of a delimiter at most.
      expect((pushed + 1) * 64 * 1024 - given).toBeLessThan(8);
    }
    expect(parser.state()).toBe("reading");
    // Of what it was given and handed on it holds nothing: not counted by the process's memory, where other tests stand, too.
    await collectGarbage();
    const still = [...memory].filter((each) => each.deref() !== undefined);
    expect(memory.size).toBeGreaterThanOrEqual(512);
    expect(still.length).toBeLessThan(8);
  });
});

/** What a `WeakRef` was asked for lives until the turn has ended. */
async function collectGarbage(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

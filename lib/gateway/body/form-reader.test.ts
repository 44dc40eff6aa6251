import { describe, expect, it } from "vitest";
import { GatewayRefusal } from "../answer-error.ts";
import type { BodyTap } from "./body-tap.ts";
import { createFormReader } from "./form-reader.ts";

const type = "multipart/form-data; boundary=b";
const field = (name: string, value: string) =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (text: string) =>
  `--b\r\ncontent-disposition: form-data; name="file"; filename="secret.jsonl"\r\n\r\n${text}\r\n`;

function read(texts: readonly string[], contentType = type) {
  const reader = createFormReader(contentType, null);
  if (!reader) return { reading: "no form" };
  for (const text of texts) reader.push(Buffer.from(text));
  reader.end();
  return reader.content();
}

describe("createFormReader", () => {
  it("keeps what a request asks for, and no content: no prompt, no file, no name of one", () => {
    const texts = [file("content"), field("model", "gpt-image-1"), field("prompt", "a secret"), "--b--"];
    expect(read(texts)).toEqual({ reading: "read", json: { model: "gpt-image-1" } });
  });

  it("says of a form that is still coming what is known of it", () => {
    const reader = createFormReader(type, null);
    reader?.push(Buffer.from(field("model", "whisper-1") + file("x").slice(0, -2)));
    expect(reader?.content()).toEqual({ reading: "coming", json: { model: "whisper-1" } });
    reader?.end();
    expect(reader?.content()).toMatchObject({ reading: "unread" });
  });

  it.each([
    ["a field said twice", [field("model", "a"), field("model", "b"), "--b--"], type],
    ["a form that breaks off", [field("model", "a")], type],
    ["a form that is none", ["{}"], type],
  ])("reads nothing of %s", (_what, texts, contentType) => {
    expect(read(texts, contentType)).toEqual({ reading: "unread", json: undefined });
  });

  it.each([
    "multipart/form-data",
    "multipart/form-data; boundary=a; boundary=b",
    'multipart/form-data; boundary=""',
    `multipart/form-data; boundary=${"x".repeat(71)}`,
  ])("finds no form in %s", (contentType) => {
    expect(read(["x"], contentType)).toEqual({ reading: "no form" });
  });

  it("makes of a value that is too long one that counts as unreadable, and holds none of it", () => {
    const long = read([field("model", "x".repeat(100_000)), "--b--"]);
    expect(long).toEqual({ reading: "read", json: { model: "\0" } });
  });
});

describe("a tap on a file", () => {
  const refusing = (): BodyTap & { seen: string; ends: boolean[] } => ({
    seen: "",
    ends: [],
    push(chunk) {
      this.seen += Buffer.from(chunk).toString();
    },
    end(whole) {
      this.ends.push(whole);
    },
    verdict() {
      return this.seen.includes("bad") ? { refuse: new GatewayRefusal("model_not_eligible") } : null;
    },
  });
  const open = () => {
    const tap = refusing();
    const reader = createFormReader(type, ({ field: name }) => (name === "file" ? tap : null));
    if (!reader) throw new Error("There is no form.");
    return { tap, reader };
  };

  it("sees the file's own bytes, and its no counts once the form says that it is a batch", () => {
    const { tap, reader } = open();
    reader.push(Buffer.from(file("bad line")));
    expect(reader.refusal()).toBeNull();
    reader.push(Buffer.from(`${field("purpose", "batch")}--b--`));
    reader.end();
    expect(tap).toMatchObject({ seen: "bad line", ends: [true] });
    expect(reader.refusal()?.code).toBe("model_not_eligible");
  });

  it("counts at once where the purpose stands first, and never for another purpose", () => {
    const batch = open();
    batch.reader.push(Buffer.from(field("purpose", "batch") + file("bad").slice(0, -2)));
    batch.reader.push(Buffer.from("..........."));
    expect(batch.reader.refusal()).not.toBeNull();
    const other = open();
    other.reader.push(Buffer.from(`${file("bad")}${field("purpose", "user_data")}--b--`));
    other.reader.end();
    expect(other.reader.refusal()).toBeNull();
  });

  it("is told that its file was cut", () => {
    const { tap, reader } = open();
    reader.push(Buffer.from(file("line").slice(0, -2)));
    reader.end();
    expect(tap.ends).toEqual([false]);
  });
});

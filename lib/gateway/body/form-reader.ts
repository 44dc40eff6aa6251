import { formFields, readForm } from "../../core/calls/read-form.ts";
import type { GatewayRefusal } from "../answer-error.ts";
import type { BodyContent } from "./body-content.ts";
import type { BodyTap, OpenFileTap } from "./body-tap.ts";
import { createMultipartParser, type PartHead, type PartSink } from "./multipart.ts";

/** Reads the fields of a form that say what is asked for, while the form passes. Files pass unread, but for taps. */
export type FormReader = {
  push(chunk: Buffer): void;
  /** No more of it comes. */
  end(): void;
  content(): BodyContent;
  /** Counts up whenever more of the form is known. */
  version(): number;
  /** What a tap on one of its files asks for. */
  refusal(): GatewayRefusal | null;
};

const fieldBytesMax = 64 * 1024;

export function createFormReader(contentType: string, openFile: OpenFileTap | null): FormReader | null {
  const boundary = boundaryOf(contentType);
  if (boundary === null) return null;
  const fields = new Map<string, string>();
  const taps: BodyTap[] = [];
  /** Taps whose file has not ended. */
  const open = new Set<BodyTap>();
  let twice = false;
  let over = false;
  let version = 0;

  const fileSink = (tap: BodyTap | null): PartSink | null => {
    if (tap === null) return null;
    taps.push(tap);
    open.add(tap);
    return {
      data: (chunk) => tap.push(chunk),
      end: () => {
        open.delete(tap);
        tap.end(true);
      },
    };
  };
  const part = ({ name, isFile }: PartHead): PartSink | null => {
    if (isFile) return fileSink(openFile?.({ field: name }) ?? null);
    if (!formFields.has(name)) return null;
    // Of two fields of one name readers keep the first or the last.
    if (fields.has(name)) twice = true;
    return fieldSink((text) => {
      fields.set(name, text);
      version += 1;
    });
  };
  const parser = createMultipartParser(boundary, part);

  const isWhole = (): boolean => parser.state() === "whole";
  const isUnread = (): boolean => twice || parser.state() === "broken" || (over && !isWhole());
  return {
    push(chunk) {
      const before = parser.state();
      parser.push(chunk);
      if (parser.state() !== before) version += 1;
    },
    end() {
      if (over) return;
      over = true;
      version += 1;
      for (const tap of open) tap.end(false);
      open.clear();
    },
    content() {
      if (isUnread()) return { reading: "unread", json: undefined };
      return { reading: isWhole() ? "read" : "coming", json: readForm(fields) };
    },
    version: () => version,
    refusal() {
      // A form may say behind the file what the file is for; until then no file is held against a rule for batches.
      const purpose = fields.get("purpose");
      const waits = purpose === undefined ? !isWhole() && !over : purpose !== "batch";
      for (const tap of taps) {
        if (waits && !tap.ofBatch) continue;
        const said = tap.verdict();
        if (said !== null) return said.refuse;
      }
      return null;
    },
  };
}

/** A value longer than any that is documented stays a value that nobody can read. */
function fieldSink(keep: (text: string) => void): PartSink {
  let chunks: Buffer[] = [];
  let bytes = 0;
  return {
    data(chunk) {
      bytes += chunk.byteLength;
      if (bytes > fieldBytesMax) chunks = [];
      else chunks.push(Buffer.from(chunk));
    },
    end: () => keep(bytes > fieldBytesMax ? "\0" : Buffer.concat(chunks).toString("utf8")),
  };
}

function boundaryOf(contentType: string): string | null {
  const found = [
    ...contentType.matchAll(/;\s*boundary=(?:"([^"\\]{1,70})"|([^\s;"]{1,70}))(?=\s*(?:;|$))/gi),
  ];
  if (found.length !== 1) return null;
  const boundary = found[0]?.[1] ?? found[0]?.[2] ?? "";
  return /^[0-9A-Za-z'()+_,\-./:=? ]*[0-9A-Za-z'()+_,\-./:=?]$/.test(boundary) ? boundary : null;
}

/** One record of a file as it stands there. */
export type RawRecord = {
  /** Line it begins on, from 1. */
  readonly line: number;
  /** null: it is longer than is read, or what `why` says. */
  readonly text: string | null;
  /** `not_utf8`: its bytes are no text in UTF-8. `open_quote`: the file ended within a quote of it. */
  readonly why?: "not_utf8" | "open_quote" | undefined;
};

/** `lines`: one a line. `csv`: a line break within a quoted cell is part of the record. `json`: the elements of an array. */
export type RecordForm = "lines" | "csv" | "json";

export type RecordSplitter = {
  /** The records that these bytes complete. */
  push(bytes: Uint8Array): RawRecord[];
  /** What is left when the file has ended. */
  end(): RawRecord[];
};

/** Of one record: LiteLLM's hold prompts and answers, which are read past. */
export const recordBytesMax = 4 * 1024 * 1024;

/**
 * Cuts a file into records while it streams by; holds one record at most. Empty lines are none. The same in the browser
 * and in the command.
 */
export function createRecordSplitter(form: RecordForm): RecordSplitter {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let tooLong = false;
  let line = 1;
  let begins = 1;
  let first = true;
  let quoted = false;
  /** `csv`: a quote here begins a quoted cell, or goes on with one (`""`). Any other is a character like all. */
  let mayQuote = true;
  let escaped = false;
  let depth = 0;

  const keep = (bytes: Uint8Array): void => {
    if (tooLong) return;
    heldBytes += bytes.length;
    if (heldBytes <= recordBytesMax) {
      held.push(bytes.slice());
      return;
    }
    tooLong = true;
    held = [];
  };
  const take = (records: RawRecord[], isOpen = false): void => {
    const found = tooLong ? { text: null } : isOpen ? openQuote : textOf(held, heldBytes, first);
    if (found.text?.trim() !== "") {
      records.push({ line: begins, ...found });
      first = false;
    }
    held = [];
    heldBytes = 0;
    tooLong = false;
  };

  /** True where the byte ends a record. `json`: it is not part of it. */
  const ends = (byte: number): boolean => {
    if (form === "lines") return byte === newline;
    if (form === "csv") {
      if (byte === quote) {
        mayQuote ||= quoted;
        if (mayQuote) quoted = !quoted;
      } else if (!quoted) mayQuote = isBetweenCells(byte) || (mayQuote && isBeforeQuote(byte));
      return byte === newline && !quoted;
    }
    if (quoted) {
      if (escaped) escaped = false;
      else if (byte === backslash) escaped = true;
      else if (byte === quote) quoted = false;
      return false;
    }
    if (byte === quote) quoted = true;
    else if (byte === openBrace || byte === openBracket) {
      depth++;
      return depth === 1 && byte === openBracket;
    } else if (byte === closeBrace || byte === closeBracket) {
      depth--;
      return depth === 0 && byte === closeBracket;
    }
    return depth === 1 && byte === comma;
  };

  return {
    push(bytes) {
      const records: RawRecord[] = [];
      let from = 0;
      for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at] ?? 0;
        if (heldBytes === 0 && at === from) {
          if (byte <= blank && form === "json") from = at + 1;
          else begins = line;
        }
        if (byte === newline) line++;
        if (ends(byte)) {
          keep(bytes.subarray(from, at));
          take(records);
          from = at + 1;
        }
      }
      if (from < bytes.length) keep(bytes.subarray(from));
      return records;
    },
    end() {
      const records: RawRecord[] = [];
      take(records, form === "csv" && quoted);
      return records;
    },
  };
}

type Found = Pick<RawRecord, "text" | "why">;

const openQuote: Found = { text: null, why: "open_quote" };

/** Nothing is put in the place of bytes that cannot be read: two different records must not become one. */
function textOf(parts: readonly Uint8Array[], bytes: number, first: boolean): Found {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  try {
    const text = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(whole);
    // Spreadsheets begin a file with a mark of its byte order.
    return { text: (first ? text.replace(/^\uFEFF/, "") : text).replace(/\r$/, "") };
  } catch {
    return { text: null, why: "not_utf8" };
  }
}

/** Comma, semicolon or tab, whichever the file has, or the end of a line. */
function isBetweenCells(byte: number): boolean {
  return byte === comma || byte === semicolon || byte === tab || byte === newline;
}

/** A blank, or a byte of the mark of the byte order at the beginning of the file. */
function isBeforeQuote(byte: number): boolean {
  return byte === blank || byte === 0xef || byte === 0xbb || byte === 0xbf;
}

const newline = 0x0a;
const blank = 0x20;
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const semicolon = 0x3b;
const tab = 0x09;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

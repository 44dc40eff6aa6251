/** Element types that travel in the server's own form. */
export type ElementType =
  | "uuid"
  | "text"
  | "integer"
  | "bigint"
  | "numeric"
  | "boolean"
  | "timestamptz"
  | "date"
  | "jsonb";

/**
 * A one-dimensional array as PostgreSQL sends and receives it in binary (array_recv): nothing is escaped here and nothing
 * is parsed there, which is several times cheaper than its text. Times are RFC 3339, dates `YYYY-MM-DD`, `jsonb` is JSON
 * text, `numeric` the text of a whole number. Throws for a value that is not of its type.
 */
export function binaryArray(type: ElementType, values: readonly unknown[]): Buffer {
  const writer = scratch;
  writer.at = 0;
  writer.int32(1);
  writer.int32(values.includes(null) ? 1 : 0);
  writer.int32(oids[type]);
  writer.int32(values.length);
  writer.int32(1);
  const write = writers[type];
  for (const value of values) {
    if (value === null) writer.int32(-1);
    else write(writer, value);
  }
  return writer.taken();
}

const oids: Readonly<Record<ElementType, number>> = {
  uuid: 2950,
  text: 25,
  integer: 23,
  bigint: 20,
  numeric: 1700,
  boolean: 16,
  timestamptz: 1184,
  date: 1082,
  jsonb: 3802,
};

const writers: Readonly<Record<ElementType, (to: Writer, value: unknown) => void>> = {
  uuid: (to, value) => to.uuid(textOf(value)),
  text: (to, value) => to.text(textOf(value), 0),
  integer: (to, value) => {
    to.int32(4);
    to.int32(integerOf(value, 2 ** 31));
  },
  bigint: (to, value) => to.int64(integerOf(value, 2 ** 53)),
  numeric: (to, value) => to.numeric(textOf(value)),
  boolean: (to, value) => {
    if (typeof value !== "boolean") throw new TypeError("This is no boolean.");
    to.int32(1);
    to.byte(value ? 1 : 0);
  },
  timestamptz: (to, value) => to.int64(microsecondsOf(textOf(value))),
  date: (to, value) => {
    to.int32(4);
    to.int32(Math.round((timeOf(textOf(value)) - epochMs) / 86_400_000));
  },
  // One byte before the text says which form of jsonb it is.
  jsonb: (to, value) => to.text(textOf(value), 1),
};

/** 2000-01-01, from which PostgreSQL counts. */
const epochMs = 946_684_800_000;

function textOf(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("This is no text.");
  return value;
}

function integerOf(value: unknown, below: number): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value >= below || value < -below)
    throw new TypeError(`${typeof value === "number" ? value : "This"} is no integer that fits.`);
  return value;
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new TypeError("This is no time.");
  return time;
}

/** Date keeps milliseconds; what is written behind them counts, too. */
function microsecondsOf(text: string): number {
  const micros = (timeOf(text) - epochMs) * 1_000;
  if (text.length <= 24) return micros;
  const beyond = /\.\d{3}(\d{1,3})/.exec(text)?.[1];
  return beyond === undefined ? micros : micros + Number(beyond.padEnd(3, "0"));
}

/** Grows to the largest array it has written and no further; each array is copied out of it. */
class Writer {
  at = 0;
  #bytes = Buffer.allocUnsafe(65_536);

  taken(): Buffer {
    const copy = Buffer.allocUnsafe(this.at);
    this.#bytes.copy(copy, 0, 0, this.at);
    if (this.#bytes.length > keptBytesMax) this.#bytes = Buffer.allocUnsafe(65_536);
    return copy;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.at++] = value;
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#put32(value);
  }

  /** With its length before it. */
  int64(value: number): void {
    this.#reserve(12);
    this.#put32(8);
    this.#put32(Math.floor(value / 2 ** 32));
    this.#put32(value >>> 0);
  }

  /** With its length before it: groups of four decimal digits, the last of them ones. */
  numeric(value: string): void {
    if (!wholeNumber.test(value)) throw new TypeError("This is no whole number.");
    const sign = value.startsWith("-") ? 1 : 0;
    const groups = Math.ceil((value.length - sign) / 4);
    this.#reserve(12 + groups * 2);
    this.#bytes.writeInt32BE(8 + groups * 2, this.at);
    this.#bytes.writeInt16BE(groups, this.at + 4);
    this.#bytes.writeInt16BE(groups - 1, this.at + 6);
    this.#bytes.writeUInt16BE(sign * 0x4000, this.at + 8);
    // Digits behind the point.
    this.#bytes.writeInt16BE(0, this.at + 10);
    this.at += 12;
    for (let end = value.length - (groups - 1) * 4; end <= value.length; end += 4) {
      this.#bytes.writeInt16BE(Number(value.slice(Math.max(sign, end - 4), end)), this.at);
      this.at += 2;
    }
  }

  /** With its length before it; a form, where it is not 0, stands first. */
  text(value: string, form: number): void {
    const marks = form === 0 ? 4 : 5;
    // No UTF-16 unit takes more than three bytes.
    this.#reserve(marks + value.length * 3);
    const length = this.#bytes.write(value, this.at + marks, "utf8");
    this.#bytes.writeInt32BE(length + marks - 4, this.at);
    if (form !== 0) this.#bytes[this.at + 4] = form;
    this.at += marks + length;
  }

  /** With its length before it. */
  uuid(value: string): void {
    if (!uuidForm.test(value)) throw new TypeError("This is no UUID.");
    this.#reserve(20);
    this.#bytes.writeInt32BE(16, this.at);
    let at = this.at + 4;
    for (let i = 0; i < value.length; i += 2) {
      if (value[i] === "-") i += 1;
      this.#bytes[at++] = (hexDigit(value.charCodeAt(i)) << 4) | hexDigit(value.charCodeAt(i + 1));
    }
    this.at = at;
  }

  /** Four bytes within what is reserved. */
  #put32(value: number): void {
    this.#bytes[this.at++] = value >>> 24;
    this.#bytes[this.at++] = value >>> 16;
    this.#bytes[this.at++] = value >>> 8;
    this.#bytes[this.at++] = value;
  }

  #reserve(bytes: number): void {
    if (this.at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.at + bytes));
    this.#bytes.copy(larger, 0, 0, this.at);
    this.#bytes = larger;
  }
}

const keptBytesMax = 8 * 1024 * 1024;
const scratch = new Writer();
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const wholeNumber = /^-?\d{1,4000}$/;

/** Of `0` to `9`, `A` to `F` and `a` to `f`. */
function hexDigit(code: number): number {
  return (code & 15) + (code >= letterA ? 9 : 0);
}

const letterA = 0x41;

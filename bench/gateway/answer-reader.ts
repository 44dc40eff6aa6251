export type ReadAnswer = {
  readonly status: number;
  /** The last bytes of the body; of a small one all. */
  readonly tail: string;
};

/** Reads HTTP/1.1 answers of one connection, one after the other, as cheaply as it goes: the load shares the machine. */
export function createAnswerReader(on: { firstByte(): void; end(answer: ReadAnswer): void }) {
  let held: Buffer = empty;
  let head: Head | null = null;
  let body = 0;
  let tail = "";

  const keep = (bytes: Buffer): void => {
    if (bytes.length === 0) return;
    if (body === 0) on.firstByte();
    body += bytes.length;
    tail = (tail + bytes.toString("latin1")).slice(-2_048);
  };
  const end = (): void => {
    const answer = { status: head?.status ?? 0, tail };
    head = null;
    body = 0;
    tail = "";
    on.end(answer);
  };
  /** What is left to read; null: more must come first. */
  const step = (bytes: Buffer): Buffer | null => {
    if (head === null) {
      const at = bytes.indexOf("\r\n\r\n");
      if (at === -1) return null;
      head = headOf(bytes.toString("latin1", 0, at));
      const rest = bytes.subarray(at + 4);
      if (head.length === 0) end();
      return rest;
    }
    if (head.length !== null) {
      const part = bytes.subarray(0, head.length - body);
      keep(part);
      if (body === head.length) end();
      return bytes.subarray(part.length);
    }
    return chunk(bytes);
  };
  const chunk = (bytes: Buffer): Buffer | null => {
    const line = bytes.indexOf("\r\n");
    if (line === -1) return null;
    const size = Number.parseInt(bytes.toString("latin1", 0, line), 16);
    if (bytes.length < line + 2 + size + 2) return null;
    keep(bytes.subarray(line + 2, line + 2 + size));
    if (size === 0) end();
    return bytes.subarray(line + 2 + size + 2);
  };

  return {
    push(bytes: Buffer): void {
      let rest = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      while (rest.length > 0) {
        const next = step(rest);
        if (next === null) break;
        rest = next;
      }
      held = rest;
    },
  };
}

const empty = Buffer.alloc(0);

/** `length` null: in chunks. */
type Head = { readonly status: number; readonly length: number | null };

function headOf(text: string): Head {
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  return { status: Number(text.slice(9, 12)), length: length === undefined ? null : Number(length) };
}

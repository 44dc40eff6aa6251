import { createByteCollector } from "../../http/byte-collector.ts";

/**
 * Cuts a byte stream into lines, in bounded memory. A line longer than `lineBytesMax` is dropped and counted.
 *
 * Lines end in LF, CRLF or CR (WHATWG, Server-sent events). trust: a peer may never end a line.
 */
export type LineSplitter = {
  push(chunk: Buffer): void;
  /** The last line, where the stream ended without an end of line. */
  end(): void;
  dropped(): number;
};

const lf = 10;
const cr = 13;

export function createLineSplitter(lineBytesMax: number, onLine: (line: string) => void): LineSplitter {
  const parts = createByteCollector();
  let dropping = false;
  let dropped = 0;
  let afterCr = false;

  const keep = (part: Buffer): void => {
    if (dropping || part.byteLength === 0) return;
    if (parts.bytes() + part.byteLength > lineBytesMax) {
      dropping = true;
      dropped += 1;
      parts.clear();
      return;
    }
    // A copy: a slice would hold the whole chunk for as long as the line is unfinished.
    parts.push(Buffer.from(part));
  };

  const finish = (last: Buffer): void => {
    const whole = parts.bytes() === 0 && !dropping && last.byteLength <= lineBytesMax;
    if (!whole) keep(last);
    if (dropping) dropping = false;
    else if (whole && last.byteLength > 0) onLine(last.toString("utf8"));
    else if (parts.bytes() > 0) onLine(parts.whole().toString("utf8"));
    parts.clear();
  };

  return {
    push(chunk) {
      let from = 0;
      if (afterCr && chunk[0] === lf) from = 1;
      afterCr = false;
      let atLf = chunk.indexOf(lf, from);
      let atCr = chunk.indexOf(cr, from);
      for (;;) {
        // trust: each is looked for once only it is behind, or a chunk of one of them would be read as often as it has ends.
        if (atLf !== -1 && atLf < from) atLf = chunk.indexOf(lf, from);
        if (atCr !== -1 && atCr < from) atCr = chunk.indexOf(cr, from);
        const at = atLf === -1 || (atCr !== -1 && atCr < atLf) ? atCr : atLf;
        if (at === -1) break;
        finish(chunk.subarray(from, at));
        from = at + 1;
        if (chunk[at] !== cr) continue;
        if (from === chunk.byteLength) afterCr = true;
        else if (chunk[from] === lf) from += 1;
      }
      keep(chunk.subarray(from));
    },
    end() {
      finish(Buffer.alloc(0));
    },
    dropped: () => dropped,
  };
}

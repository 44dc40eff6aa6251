/** Where the bytes of one part go. What `data` is given is another's memory. */
export type PartSink = { data(chunk: Buffer): void; end(): void };

export type PartHead = {
  readonly name: string;
  /** A part with a file name. The name itself is content and is told to nobody. */
  readonly isFile: boolean;
};

/** `broken`: not as RFC 7578 has it, or in a way that another reader may take differently. */
export type MultipartState = "reading" | "whole" | "broken";

export type MultipartParser = { push(chunk: Buffer): void; state(): MultipartState };

const headBytesMax = 8 * 1024;
const partsMax = 1_000;
const none = Buffer.alloc(0);

/**
 * Cuts a multipart body into its parts as it passes, in bounded memory: at most one head or delimiter is held.
 *
 * trust: strict on purpose. Folded headers, a preamble, transfer encodings and names that could be read in two ways
 * make the body `broken`, because what we judged need not be what the provider reads then.
 */
export function createMultipartParser(
  boundary: string,
  onPart: (head: PartHead) => PartSink | null,
): MultipartParser {
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  // The first delimiter stands at the very start, as if a line had ended before it.
  let held: Buffer = Buffer.from("\r\n", "latin1");
  let at: "start" | "delimiter" | "head" | "body" | "over" | "broken" = "start";
  let sink: PartSink | null = null;
  let parts = 0;

  const broken = (): number => {
    at = "broken";
    sink = null;
    return 0;
  };

  /** How many bytes it has done with; null: it needs more of them. */
  const step = (bytes: Buffer): number | null => {
    switch (at) {
      case "start":
        if (bytes.length < delimiter.length) return null;
        if (!bytes.subarray(0, delimiter.length).equals(delimiter)) return broken();
        at = "delimiter";
        return delimiter.length;
      case "delimiter": {
        if (bytes.length < 2) return null;
        const two = bytes.toString("latin1", 0, 2);
        if (two !== "--" && two !== "\r\n") return broken();
        at = two === "--" ? "over" : "head";
        return 2;
      }
      case "head": {
        const end = bytes.indexOf("\r\n\r\n");
        if (end === -1 ? bytes.length > headBytesMax : end > headBytesMax) return broken();
        if (end === -1) return null;
        const head = readHead(bytes.toString("utf8", 0, end));
        parts += 1;
        if (head === null || parts > partsMax) return broken();
        sink = onPart(head);
        at = "body";
        return end + 4;
      }
      case "body": {
        const end = bytes.indexOf(delimiter);
        const given = end === -1 ? startOfDelimiter(bytes, delimiter) : end;
        if (given > 0) sink?.data(bytes.subarray(0, given));
        if (end === -1) return given === 0 ? null : given;
        sink?.end();
        sink = null;
        at = "delimiter";
        return end + delimiter.length;
      }
      default:
        // What follows the last delimiter is nobody's.
        return bytes.length;
    }
  };

  return {
    push(chunk) {
      let bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      held = none;
      while (bytes.length > 0) {
        const done = step(bytes);
        if (at === "broken") return;
        if (done === null) {
          // A copy: a slice would hold the whole chunk.
          held = Buffer.from(bytes);
          return;
        }
        bytes = bytes.subarray(done);
      }
    },
    state: () => (at === "over" ? "whole" : at === "broken" ? "broken" : "reading"),
  };
}

/** Where a delimiter may begin whose end has not come yet; the length where none does. */
function startOfDelimiter(bytes: Buffer, delimiter: Buffer): number {
  let from = Math.max(0, bytes.length - delimiter.length + 1);
  for (;;) {
    const at = bytes.indexOf(0x0d, from);
    if (at === -1) return bytes.length;
    const rest = bytes.length - at;
    if (bytes.subarray(at).equals(delimiter.subarray(0, rest))) return at;
    from = at + 1;
  }
}

function readHead(text: string): PartHead | null {
  let disposition: string | null = null;
  for (const line of text.split("\r\n")) {
    const match = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n\0]*)$/.exec(line);
    if (match === null) return null;
    const [, name = "", value = ""] = match;
    const lower = name.toLowerCase();
    if (lower === "content-transfer-encoding" && !/^(binary|8bit|7bit)$/i.test(value.trim())) return null;
    if (lower !== "content-disposition") continue;
    if (disposition !== null) return null;
    disposition = value;
  }
  return disposition === null ? null : readDisposition(disposition);
}

/** `form-data` with its parameters, each once, in quotes or as a plain word. */
function readDisposition(value: string): PartHead | null {
  const kind = /^form-data(?=[;\s]|$)/i.exec(value);
  if (kind === null) return null;
  const given = new Map<string, string>();
  let rest = value.slice(kind[0].length).trim();
  while (rest !== "") {
    const match = /^;\s*([A-Za-z*0-9-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))\s*/.exec(rest);
    if (match === null) return null;
    const [whole, name = "", quoted, word] = match;
    const lower = name.toLowerCase();
    if (given.has(lower)) return null;
    given.set(lower, quoted ?? word ?? "");
    rest = rest.slice(whole.length);
  }
  const name = given.get("name");
  // A name with an escape, or in another alphabet's form, is read differently by different readers.
  if (name === undefined || given.has("name*") || /[\\%]/.test(name)) return null;
  return { name, isFile: given.has("filename") || given.has("filename*") };
}

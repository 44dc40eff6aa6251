import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { type ReportedSpan, type SpanValue, spanAttributes } from "../../core/intake/reported-span.ts";
import { type DecodedExport, exportLimits, UnreadableExport } from "./export-limits.ts";
import { hexId, millisOfNanos } from "./span-ids.ts";

/**
 * Reads `ExportTraceServiceRequest` (opentelemetry-proto 1.9, `trace/v1/trace.proto`): of each span the few fields that
 * say which call it was. Events, links, names, messages and every attribute off the list are stepped over by their length,
 * so that no text of theirs ever becomes a string.
 *
 * Trust: the bytes are anybody's. Each field is counted, nothing recurses by what they say, and whatever is cut short or
 * out of form is `UnreadableExport`.
 */
export function decodeProtobuf(body: Uint8Array): DecodedExport {
  const walk = createWalk();
  const spans: ReportedSpan[] = [];
  let malformed = 0;
  try {
    for (const resourceSpans of walk.messages(body, 1)) {
      const service = serviceOf(walk, resourceSpans);
      for (const scopeSpans of walk.messages(resourceSpans, 2)) {
        const scope = scopeOf(walk, scopeSpans);
        for (const bytes of walk.messages(scopeSpans, 2)) {
          const span = spanOf(walk, bytes, scope, service);
          if (span === null) malformed++;
          else spans.push(span);
          if (spans.length + malformed > exportLimits.spansMax) throw tooMany();
        }
      }
    }
  } catch (error) {
    if (error instanceof UnreadableExport) throw error;
    throw new UnreadableExport("The body is no ExportTraceServiceRequest in protobuf.", { cause: error });
  }
  return { spans, malformed };
}

const tooMany = (): UnreadableExport =>
  new UnreadableExport(
    `The export holds more than ${exportLimits.spansMax} spans, or more fields than are read.`,
  );

type Visit = (field: number, wire: WireType, reader: BinaryReader) => boolean;

type Walk = {
  /** Hands over each field; what the visitor does not take (`false`) is stepped over. */
  fields(bytes: Uint8Array, visit: Visit): void;
  /** The messages under one field number, in their order; found one by one, for each takes a hundred times its two bytes. */
  messages(bytes: Uint8Array, field: number): Iterable<Uint8Array>;
};

function createWalk(): Walk {
  let left: number = exportLimits.fieldsMax;
  const tagOf = (reader: BinaryReader): [field: number, wire: WireType] => {
    if (left-- <= 0) throw tooMany();
    return reader.tag();
  };
  return {
    fields(bytes, visit) {
      const reader = new BinaryReader(bytes);
      while (reader.pos < reader.len) {
        const [field, wire] = tagOf(reader);
        if (!visit(field, wire, reader)) reader.skip(wire, field);
      }
    },
    *messages(bytes, wanted) {
      const reader = new BinaryReader(bytes);
      while (reader.pos < reader.len) {
        const [field, wire] = tagOf(reader);
        if (field === wanted && wire === WireType.LengthDelimited) yield reader.bytes();
        else reader.skip(wire, field);
      }
    },
  };
}

function serviceOf(walk: Walk, resourceSpans: Uint8Array): string | null {
  for (const resource of walk.messages(resourceSpans, 1)) {
    for (const pair of walk.messages(resource, 1)) {
      const attribute = attributeOf(walk, pair);
      if (attribute?.[0] === "service.name" && typeof attribute[1] === "string") return attribute[1];
    }
  }
  return null;
}

function scopeOf(walk: Walk, scopeSpans: Uint8Array): string | null {
  let name: string | null = null;
  for (const scope of walk.messages(scopeSpans, 1)) {
    for (const bytes of walk.messages(scope, 1)) name = textOf(bytes);
  }
  return name;
}

function spanOf(
  walk: Walk,
  bytes: Uint8Array,
  scope: string | null,
  service: string | null,
): ReportedSpan | null {
  let traceId: string | null = null;
  let spanId: string | null = null;
  let parentSpanId: string | null = null;
  let startMs: number | null = null;
  let endMs: number | null = null;
  let kind = 0;
  let failed = false;
  const attributes = new Map<string, SpanValue>();
  walk.fields(bytes, (field, wire, reader) => {
    if (wire === WireType.LengthDelimited) {
      if (field === 1) traceId = hexId(reader.bytes(), 16);
      else if (field === 2) spanId = hexId(reader.bytes(), 8);
      else if (field === 4) parentSpanId = hexId(reader.bytes(), 8);
      else if (field === 9) {
        const attribute = attributeOf(walk, reader.bytes());
        if (attribute !== null) attributes.set(...attribute);
      } else if (field === 15) failed = isError(walk, reader.bytes());
      else return false;
      return true;
    }
    if (field === 6 && wire === WireType.Varint) kind = reader.int32();
    else if (field === 7 && wire === WireType.Bit64) startMs = millisOfNanos(reader.fixed64());
    else if (field === 8 && wire === WireType.Bit64) endMs = millisOfNanos(reader.fixed64());
    else return false;
    return true;
  });
  if (traceId === null || spanId === null) return null;
  return { traceId, spanId, parentSpanId, kind, startMs, endMs, failed, scope, service, attributes };
}

function isError(walk: Walk, status: Uint8Array): boolean {
  let code = 0;
  walk.fields(status, (field, wire, reader) => {
    if (field !== 3 || wire !== WireType.Varint) return false;
    code = reader.int32();
    return true;
  });
  return code === 2;
}

/** Key and value may stand in either order; the value is decoded once the key is known to be on the list. */
function attributeOf(walk: Walk, pair: Uint8Array): [string, SpanValue] | null {
  const keyBytes = last(walk.messages(pair, 1));
  const key = keyBytes === null ? null : textOf(keyBytes);
  if (key === null || !spanAttributes.has(key)) return null;
  const valueBytes = last(walk.messages(pair, 2));
  const value = valueBytes === null ? null : plainValueOf(walk, valueBytes);
  return value === null ? null : [key, value];
}

function last(messages: Iterable<Uint8Array>): Uint8Array | null {
  let found: Uint8Array | null = null;
  for (const message of messages) found = message;
  return found;
}

function plainValueOf(walk: Walk, bytes: Uint8Array): SpanValue | null {
  let value: SpanValue | null = null;
  walk.fields(bytes, (field, wire, reader) => {
    if (field === 1 && wire === WireType.LengthDelimited) value = textOf(reader.bytes());
    else if (field === 2 && wire === WireType.Varint) value = reader.bool();
    else if (field === 3 && wire === WireType.Varint) value = safeNumber(reader.int64());
    else if (field === 4 && wire === WireType.Bit64) value = reader.double();
    else if (field === 5 && wire === WireType.LengthDelimited) value = listOf(walk, reader.bytes());
    else return false;
    return true;
  });
  return value;
}

function listOf(walk: Walk, array: Uint8Array): string[] {
  const texts: string[] = [];
  let items = 0;
  for (const item of walk.messages(array, 1)) {
    if (++items > exportLimits.listMax) break;
    for (const bytes of walk.messages(item, 1)) {
      const text = textOf(bytes);
      if (text !== null) texts.push(text);
    }
  }
  return texts;
}

const utf8 = new TextDecoder();

function textOf(bytes: Uint8Array): string | null {
  return bytes.length > exportLimits.textBytesMax ? null : utf8.decode(bytes);
}

function safeNumber(value: bigint | string): number | null {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
}

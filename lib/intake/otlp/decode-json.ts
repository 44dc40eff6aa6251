import { asArray, asObject, field } from "../../core/calls/json-fields.ts";
import { isModestJson, measureJson } from "../../core/calls/measure-json.ts";
import { type ReportedSpan, type SpanValue, spanAttributes } from "../../core/intake/reported-span.ts";
import { type DecodedExport, exportLimits, UnreadableExport } from "./export-limits.ts";
import { hexIdOfText, millisOfNanos } from "./span-ids.ts";

/**
 * Reads `ExportTraceServiceRequest` as OTLP writes it in JSON (opentelemetry-proto 1.9, `docs/specification.md`): names in
 * camel case, ids in hex, whole numbers of 64 bits as text or number. Enums are numbers there; their names, which protobuf's own
 * printers write, say the same. Takes the same fields as `decodeProtobuf` and looks at no other.
 *
 * Trust: depth and size are measured before the text is parsed; attributes go into a `Map`, where `__proto__` is a name.
 */
export function decodeJson(body: Uint8Array): DecodedExport {
  const json = asObject(parsed(body));
  if (json === null)
    throw new UnreadableExport("The body is no JSON object, or too deep or too large a one.");
  if (json.resourceSpans !== undefined && !Array.isArray(json.resourceSpans))
    throw new UnreadableExport("`resourceSpans` is no list.");
  const spans: ReportedSpan[] = [];
  let malformed = 0;
  for (const resourceSpans of asArray(json.resourceSpans)) {
    const resource = attributesOf(field(field(resourceSpans, "resource"), "attributes"));
    const service = resource.get("service.name");
    for (const scopeSpans of asArray(field(resourceSpans, "scopeSpans"))) {
      const scope = field(field(scopeSpans, "scope"), "name");
      for (const item of asArray(field(scopeSpans, "spans"))) {
        const span = spanOf(item, asShort(scope), asShort(service));
        if (span === null) malformed++;
        else spans.push(span);
        if (spans.length + malformed > exportLimits.spansMax)
          throw new UnreadableExport(`The export holds more than ${exportLimits.spansMax} spans.`);
      }
    }
  }
  return { spans, malformed };
}

function parsed(body: Uint8Array): unknown {
  const measure = measureJson(body);
  const { membersMax, valuesMax } = exportLimits;
  if (!isModestJson(measure) || measure.allMembers > membersMax || measure.values > valuesMax) return null;
  const text = textOfBody(body);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function textOfBody(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (error) {
    throw new UnreadableExport("The body is no text in UTF-8.", { cause: error });
  }
}

function spanOf(item: unknown, scope: string | null, service: string | null): ReportedSpan | null {
  const traceId = hexIdOfText(field(item, "traceId"), 16);
  const spanId = hexIdOfText(field(item, "spanId"), 8);
  if (traceId === null || spanId === null) return null;
  const kind = field(item, "kind");
  const code = field(field(item, "status"), "code");
  return {
    traceId,
    spanId,
    parentSpanId: hexIdOfText(field(item, "parentSpanId"), 8),
    kind: typeof kind === "number" && Number.isInteger(kind) ? kind : (namedKinds.get(kind) ?? 0),
    startMs: nanosOf(field(item, "startTimeUnixNano")),
    endMs: nanosOf(field(item, "endTimeUnixNano")),
    failed: code === 2 || code === "STATUS_CODE_ERROR",
    scope,
    service,
    attributes: attributesOf(field(item, "attributes")),
  };
}

/** `Span.SpanKind` of `trace.proto`. */
const namedKinds: ReadonlyMap<unknown, number> = new Map([
  ["SPAN_KIND_INTERNAL", 1],
  ["SPAN_KIND_SERVER", 2],
  ["SPAN_KIND_CLIENT", 3],
  ["SPAN_KIND_PRODUCER", 4],
  ["SPAN_KIND_CONSUMER", 5],
]);

/** As a number it has lost its nanoseconds already. */
function nanosOf(value: unknown): number | null {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return millisOfNanos(BigInt(value));
  return typeof value === "string" && /^\d{1,20}$/.test(value) ? millisOfNanos(value) : null;
}

function attributesOf(list: unknown): Map<string, SpanValue> {
  const attributes = new Map<string, SpanValue>();
  for (const item of asArray(list)) {
    const key = field(item, "key");
    if (typeof key !== "string" || !spanAttributes.has(key)) continue;
    const value = plainValueOf(field(item, "value"));
    if (value !== null) attributes.set(key, value);
  }
  return attributes;
}

function plainValueOf(any: unknown): SpanValue | null {
  const text = asShort(field(any, "stringValue"));
  if (text !== null) return text;
  const whole = field(any, "intValue");
  if (typeof whole === "number" || (typeof whole === "string" && /^-?\d{1,19}$/.test(whole))) {
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : null;
  }
  const bool = field(any, "boolValue");
  if (typeof bool === "boolean") return bool;
  const double = field(any, "doubleValue");
  if (typeof double === "number") return double;
  const array = field(any, "arrayValue");
  if (asObject(array) === null) return null;
  return asArray(field(array, "values"))
    .slice(0, exportLimits.listMax)
    .flatMap((each) => asShort(field(each, "stringValue")) ?? []);
}

function asShort(value: unknown): string | null {
  return typeof value === "string" && value.length <= exportLimits.textBytesMax ? value : null;
}

import { readEnvironment } from "./read-environment.ts";

/** Where spans of calls go over OTLP/HTTP; null: nowhere. */
export function telemetrySettings(): {
  endpoint: string;
  headers: Readonly<Record<string, string>>;
} | null {
  const env = readEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS");
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return null;
  return {
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    headers: parseHeaders(env.OTEL_EXPORTER_OTLP_HEADERS),
  };
}

/** `name=value,name=value`, values percent-encoded (OpenTelemetry, OTLP exporter). trust: no value is in the message. */
function parseHeaders(list: string): Record<string, string> {
  const pairs = list.split(",").filter((pair) => pair.trim() !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const match = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*([\x21-\x7e][\x20-\x7e]*)$/.exec(pair);
      const value = decode(match?.[2]?.trim() ?? "");
      if (!match || !/^[\x20-\x7e]+$/.test(value))
        throw new Error("OTEL_EXPORTER_OTLP_HEADERS is not name=value,name=value.");
      return [match[1], value];
    }),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

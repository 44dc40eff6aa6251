import type { IncomingHttpHeaders } from "node:http";
import { isCountryCode } from "../core/regions/is-country-code.ts";
import { GatewayRefusal } from "./answer-error.ts";
import { readTraceContext } from "./telemetry/trace-context.ts";

/** What the caller asked of Domicile in headers. None of it goes upstream. */
export type Asked = {
  /** Region code, `global` or `policy`, lower case. */
  readonly targetRegion: string | null;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly subjectCountry: string | null;
  /** The caller's own id of this request. */
  readonly clientRequestId: string | null;
  /** A name the client gives itself. */
  readonly app: string | null;
  /** Whom the call is made for, as the caller names them. */
  readonly endUser: string | null;
  /** The trace that the call is part of, 32 hex digits. */
  readonly traceId: string | null;
};

export const askedHeaders = {
  key: "x-domicile-key",
  targetRegion: "x-domicile-target-region",
  subjectCountry: "x-domicile-subject-region",
  app: "x-domicile-app",
  endUser: "x-domicile-end-user",
} as const;

/**
 * trust: a name of ours that we do not know, or a value of another form, is refused, so that a typing error never sends
 * a call to the default place.
 */
export function readAsked(headers: IncomingHttpHeaders): Asked {
  refuseUnknown(headers);
  return {
    targetRegion:
      matching(
        headers,
        askedHeaders.targetRegion,
        /^([a-z]{2}|global|policy)$/i,
        "a region code, `global` or `policy`",
      )?.toLowerCase() ?? null,
    subjectCountry: countryOf(headers),
    clientRequestId: identifier(headers["x-client-request-id"]) ?? identifier(headers["x-request-id"]),
    app: matching(headers, askedHeaders.app, /^[\x20-\x7e]{1,120}$/, "up to 120 printable characters"),
    endUser: matching(
      headers,
      askedHeaders.endUser,
      /^[\x21-\x7e]{1,256}$/,
      "up to 256 printable characters",
    ),
    traceId: readTraceContext(headers)?.traceparent.split("-")[1] ?? null,
  };
}

const known: ReadonlySet<string> = new Set(Object.values(askedHeaders));

function refuseUnknown(headers: IncomingHttpHeaders): void {
  const name = Object.keys(headers).find((each) => each.startsWith("x-domicile-") && !known.has(each));
  if (name === undefined) return;
  throw new GatewayRefusal("invalid_domicile_header", {
    message: `Domicile has no header ${name.slice(0, 100)}. Nothing was sent.`,
    param: name.slice(0, 100),
  });
}

/** trust: a code of no country would be routed home and say of whom the call speaks what is not so. */
function countryOf(headers: IncomingHttpHeaders): string | null {
  const name = askedHeaders.subjectCountry;
  const wanted = "the two-letter code of a country (ISO 3166-1)";
  const code = matching(headers, name, /^[a-z]{2}$/i, wanted)?.toUpperCase() ?? null;
  if (code === null || isCountryCode(code)) return code;
  throw wrongValue(name, wanted);
}

function matching(headers: IncomingHttpHeaders, name: string, form: RegExp, wanted: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  if (typeof value === "string" && form.test(value.trim())) return value.trim();
  throw wrongValue(name, wanted);
}

function wrongValue(name: string, wanted: string): GatewayRefusal {
  return new GatewayRefusal("invalid_domicile_header", {
    message: `${name} must be ${wanted}. Nothing was sent.`,
    param: name,
  });
}

function identifier(value: string | string[] | undefined): string | null {
  return typeof value === "string" && /^[\x21-\x7e]{1,128}$/.test(value) ? value : null;
}

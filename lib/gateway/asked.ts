import type { IncomingHttpHeaders } from "node:http";
import { GatewayRefusal } from "./answer-error.ts";

/** What the caller asked of Domicile in headers. None of it goes upstream. */
export type Asked = {
  /** Region code or `global`, lower case. */
  readonly targetRegion: string | null;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly subjectCountry: string | null;
  /** The caller's own id of this request. */
  readonly clientRequestId: string | null;
};

export const askedHeaders = {
  targetRegion: "x-domicile-target-region",
  subjectCountry: "x-domicile-subject-region",
  app: "x-domicile-app",
  endUser: "x-domicile-end-user",
} as const;

/** trust: a value of another form is refused, so that a typing error never sends a call to the default place. */
export function readAsked(headers: IncomingHttpHeaders): Asked {
  matching(headers, askedHeaders.app, /^[\x20-\x7e]{1,120}$/, "up to 120 printable characters");
  matching(headers, askedHeaders.endUser, /^[\x21-\x7e]{1,256}$/, "up to 256 printable characters");
  return {
    targetRegion:
      matching(
        headers,
        askedHeaders.targetRegion,
        /^([a-z]{2}|global)$/i,
        "a region code or `global`",
      )?.toLowerCase() ?? null,
    subjectCountry:
      matching(
        headers,
        askedHeaders.subjectCountry,
        /^[a-z]{2}$/i,
        "a two-letter country code",
      )?.toUpperCase() ?? null,
    clientRequestId: identifier(headers["x-client-request-id"]) ?? identifier(headers["x-request-id"]),
  };
}

function matching(headers: IncomingHttpHeaders, name: string, form: RegExp, wanted: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  if (typeof value === "string" && form.test(value.trim())) return value.trim();
  throw new GatewayRefusal("invalid_domicile_header", {
    message: `${name} must be ${wanted}. Nothing was sent.`,
    param: name,
  });
}

function identifier(value: string | string[] | undefined): string | null {
  return typeof value === "string" && /^[\x21-\x7e]{1,128}$/.test(value) ? value : null;
}

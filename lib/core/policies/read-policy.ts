import type { Grade } from "../calls/evidence.ts";
import { isUtcDay, isUtcInstant } from "../instant.ts";
import type { CountryCode, RegionCode } from "../regions/catalog.ts";
import { isHostName } from "../regions/normalise-host.ts";
import type {
  Enforcement,
  GlobalAcceptance,
  GlobalHost,
  Policy,
  Requirement,
  RestrictableClaim,
  Routing,
} from "./policy.ts";
import { presets } from "./presets.ts";
import { createReader, type Problem, type Reader } from "./strict-reader.ts";

export type PolicyReading =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const claims: readonly RestrictableClaim[] = ["relay", "ingress", "inference", "handling", "storage"];

/**
 * Reads a policy from stored or submitted JSON. Strict: a field it does not know, a wrong type, a list
 * that is too long or holds something twice is a problem, and then there is no policy.
 */
export function readPolicy(json: unknown): PolicyReading {
  const reader = createReader();
  const policy = reader.object(json, "", fields, optionalFields, (value): Policy => {
    const at = (name: string) => value[name];
    const inferenceElsewhere = Object.hasOwn(value, "inferenceElsewhere")
      ? { inferenceElsewhere: acceptance(reader, at("inferenceElsewhere"), "inferenceElsewhere") }
      : {};
    const customHostReasons = Object.hasOwn(value, "customHostReasons")
      ? { customHostReasons: hostReasons(reader, at("customHostReasons")) }
      : {};
    return {
      preset: reader.oneOf(at("preset"), "preset", [...presets.map(({ id }) => id), "custom"] as const),
      homeRegion: at("homeRegion") === null ? null : region(reader, at("homeRegion"), "homeRegion"),
      claims: perClaim(reader, at("claims"), "claims", requirement),
      global: globalHost(reader, at("global")),
      ...inferenceElsewhere,
      customHosts: reader.list(at("customHosts"), "customHosts", 50, host),
      ...customHostReasons,
      models: at("models") === "any" ? "any" : reader.list(at("models"), "models", 200, name),
      deniedFeatures: reader.list(at("deniedFeatures"), "deniedFeatures", 50, name),
      minimumGrade: perClaim(reader, at("minimumGrade"), "minimumGrade", grade),
      requirePin: reader.boolean(at("requirePin"), "requirePin"),
      onUnknown: reader.oneOf(at("onUnknown"), "onUnknown", ["send", "refuse"] as const),
      onEvidenceLoss: reader.oneOf(at("onEvidenceLoss"), "onEvidenceLoss", ["refuse", "spool"] as const),
      enforcement: enforcement(reader, at("enforcement")),
      routing: routing(reader, at("routing")),
    };
  });
  return policy === null || reader.problems.length > 0
    ? { ok: false, problems: reader.problems }
    : { ok: true, policy };
}

const fields = [
  "preset",
  "homeRegion",
  "claims",
  "global",
  "customHosts",
  "models",
  "deniedFeatures",
  "minimumGrade",
  "requirePin",
  "onUnknown",
  "onEvidenceLoss",
  "enforcement",
  "routing",
];
const optionalFields = ["inferenceElsewhere", "customHostReasons"];

function perClaim<T>(
  reader: Reader,
  value: unknown,
  path: string,
  read: (reader: Reader, value: unknown, path: string) => T,
): Record<RestrictableClaim, T> {
  const of = (source: Record<string, unknown>, claim: RestrictableClaim) =>
    read(reader, source[claim], `${path}.${claim}`);
  const build = (source: Record<string, unknown>) => ({
    relay: of(source, "relay"),
    ingress: of(source, "ingress"),
    inference: of(source, "inference"),
    handling: of(source, "handling"),
    storage: of(source, "storage"),
  });
  return reader.object(value, path, claims, [], build) ?? build({});
}

function requirement(reader: Reader, value: unknown, path: string): Requirement {
  const kind = reader.kind(value, path, ["any", "countries"] as const);
  if (kind === "countries") {
    const read = reader.object(value, path, ["kind", "countries"], [], (object) => object);
    return { kind, countries: reader.list(read?.countries, `${path}.countries`, 250, country) };
  }
  reader.object(value, path, ["kind"], [], () => null);
  return { kind: "any" };
}

function grade(reader: Reader, value: unknown, path: string): Grade {
  return reader.oneOf(value, path, ["A", "B", "C", "D", "E"] as const);
}

function country(reader: Reader, value: unknown, path: string): CountryCode {
  return reader.text(value, path, /^[A-Z]{2}$/, "A country is two capital letters, such as DE.");
}

function region(reader: Reader, value: unknown, path: string): RegionCode {
  return reader.text(value, path, /^[a-z]{2,8}$/, "A region is a code of the catalog, such as eu.");
}

function name(reader: Reader, value: unknown, path: string): string {
  return reader.text(value, path, /^[\x21-\x7e]{1,200}$/, "A name has no blanks and at most 200 characters.");
}

function host(reader: Reader, value: unknown, path: string): string {
  const text = reader.text(value, path, /^[a-z0-9.-]{1,253}$/, "A host is a lower-case name without port.");
  if (text !== "" && !isHostName(text)) reader.problem(path, "A host is a lower-case name without port.");
  return text;
}

function hostReasons(reader: Reader, value: unknown): Record<string, string> {
  return reader.record(value, "customHostReasons", 50, host, (each, text, path) =>
    sentence(each, text, path, 20, 2000),
  );
}

function sentence(reader: Reader, value: unknown, path: string, least: number, most: number): string {
  const text = reader.text(value, path, /^[\s\S]*$/, "Text.");
  if (text.trim().length < least || text.length > most)
    reader.problem(path, `Say it in ${least} to ${most} characters.`);
  return text;
}

function acceptance(reader: Reader, value: unknown, path: string): GlobalAcceptance | null {
  if (value === null) return null;
  return reader.object(value, path, ["acceptedBy", "reason", "reviewOn"], [], (object) => {
    const reviewOn = reader.text(
      object.reviewOn,
      `${path}.reviewOn`,
      /^.{10}$/,
      "A day, such as 2027-11-22.",
    );
    if (reviewOn !== "" && !isUtcDay(reviewOn))
      reader.problem(`${path}.reviewOn`, "A day, such as 2027-11-22.");
    return {
      acceptedBy: sentence(reader, object.acceptedBy, `${path}.acceptedBy`, 3, 120),
      reason: sentence(reader, object.reason, `${path}.reason`, 20, 2000),
      reviewOn,
    };
  });
}

function globalHost(reader: Reader, value: unknown): GlobalHost {
  const allowed = reader.object(value, "global", ["allowed"], ["acceptance"], (object) => object);
  if (allowed === null || !reader.boolean(allowed.allowed, "global.allowed")) {
    if (allowed !== null && Object.hasOwn(allowed, "acceptance")) {
      reader.problem("global.acceptance", "Nothing is accepted where the global host is not allowed.");
    }
    return { allowed: false };
  }
  return { allowed: true, acceptance: acceptance(reader, allowed.acceptance ?? null, "global.acceptance") };
}

function enforcement(reader: Reader, value: unknown): Enforcement {
  const mode = reader.kind(value, "enforcement", ["block", "observe"] as const, "mode");
  if (mode !== "observe") {
    reader.object(value, "enforcement", ["mode"], [], () => null);
    return { mode: "block" };
  }
  const until = reader.object(value, "enforcement", ["mode", "until"], [], (object) => object.until);
  if (until === null || until === undefined) return { mode, until: null };
  if (typeof until === "string" && isUtcInstant(until)) return { mode, until };
  reader.problem("enforcement.until", "An instant in UTC, such as 2027-11-22T00:00:00Z.");
  return { mode, until: null };
}

function routing(reader: Reader, value: unknown): Routing {
  const kind = reader.kind(value, "routing", ["home", "by_subject_country"] as const);
  if (kind !== "by_subject_country") {
    reader.object(value, "routing", ["kind"], [], () => null);
    return { kind: "home" };
  }
  const map = reader.object(value, "routing", ["kind", "map"], [], (object) => object.map);
  return { kind, map: reader.record(map, "routing.map", 250, country, region) };
}

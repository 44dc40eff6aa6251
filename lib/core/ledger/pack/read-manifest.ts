import { dayNumber } from "../../calendar.ts";
import { isObject } from "../../is-object.ts";
import { everyCall, type ReportFilter } from "../../reports/call-filter.ts";
import { fromBase64 } from "../bytes.ts";
import { type CanonicalValue, canonicalTextWithAnyKeys } from "../canonical.ts";
import type { Manifest, PackFile } from "./manifest.ts";
import { entriesMax } from "./pack-limits.ts";

/** A manifest that this program cannot take for one. `isNewer`: of a later version, so that nothing can be told. */
export class ManifestError extends Error {
  override readonly name = "ManifestError";
  readonly isNewer: boolean;

  constructor(problem: string, isNewer = false) {
    super(`MANIFEST.json ${problem}`);
    this.isNewer = isNewer;
  }
}

/** trust: reads the form of a manifest, strictly; that it is signed, and true, is another question. */
export function readManifest(bytes: Uint8Array): Manifest {
  const value = parse(bytes);
  const all = members(value, "", [
    "v",
    "id",
    "deployment",
    "tenant",
    "simulated",
    "log",
    "range",
    "end_root",
    "period",
    "status",
    "filter",
    "disclosure",
    "supersedes",
    "files",
  ]);
  if (all.v !== 1) throw new ManifestError("is of a version this program does not know.", true);
  const tenant = members(all.tenant, "tenant", ["id", "slug"]);
  const range = members(all.range, "range", ["first", "end"]);
  const period = members(all.period, "period", ["from", "to"]);
  const manifest: Manifest = {
    v: 1,
    id: matching(all.id, "id", /^[0-9a-f]{32}$/),
    deployment: matching(all.deployment, "deployment", /^[\x21-\x7e]{1,254}$/),
    tenant: {
      id: matching(tenant.id, "tenant.id", /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      slug: matching(tenant.slug, "tenant.slug", /^[a-z0-9-]{1,64}$/),
    },
    simulated: flag(all.simulated, "simulated"),
    log: matching(all.log, "log", /^[\x21-\x2a\x2c-\x7e]{1,254}$/),
    range: { first: count(range.first, "range.first"), end: count(range.end, "range.end") },
    end_root: root(all.end_root),
    period: { from: time(period.from, "period.from"), to: time(period.to, "period.to") },
    status: oneOf(all.status, "status", ["final", "provisional"] as const),
    filter: filter(all.filter),
    disclosure: oneOf(all.disclosure, "disclosure", ["all", "selected"] as const),
    supersedes: all.supersedes === null ? null : matching(all.supersedes, "supersedes", /^[0-9a-f]{32}$/),
    files: files(all.files),
  };
  if (manifest.range.end < manifest.range.first)
    throw new ManifestError("names a range that ends before it begins.");
  if (manifest.range.end - manifest.range.first > entriesMax)
    throw new ManifestError(`names a range of more than the ${entriesMax} entries that a pack can hold.`);
  if (manifest.period.to < manifest.period.from)
    throw new ManifestError("names a period that ends before it begins.");
  return manifest;
}

function parse(bytes: Uint8Array): unknown {
  let value: unknown;
  let said: string;
  try {
    said = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(said);
  } catch {
    throw new ManifestError("is not JSON.");
  }
  let again: string;
  try {
    again = canonicalTextWithAnyKeys(value as CanonicalValue);
  } catch {
    throw new ManifestError("holds what no manifest holds.");
  }
  if (again !== said) throw new ManifestError("is not written the one way it is to be written.");
  return value;
}

function filter(value: unknown): ReportFilter {
  const names = Object.keys(everyCall) as (keyof ReportFilter)[];
  const given = members(value, "filter", names);
  return Object.fromEntries(
    names.map((name) => [
      name,
      given[name] === null
        ? null
        : list(given[name], `filter.${name}`).map((each) => text(each, `filter.${name}`)),
    ]),
  ) as ReportFilter;
}

function files(value: unknown): readonly PackFile[] {
  let before = "";
  return list(value, "files").map((each, i) => {
    const { path, bytes, sha256 } = members(each, `files[${i}]`, ["path", "bytes", "sha256"]);
    const file = {
      path: text(path, `files[${i}].path`),
      bytes: count(bytes, `files[${i}].bytes`),
      sha256: matching(sha256, `files[${i}].sha256`, /^[0-9a-f]{64}$/),
    };
    if (file.path <= before) throw new ManifestError("does not list its files in order, each once.");
    before = file.path;
    return file;
  });
}

function members<const Name extends string>(
  value: unknown,
  at: string,
  names: readonly Name[],
): Record<Name, unknown> {
  if (!isObject(value)) throw new ManifestError(`lacks ${at === "" ? "its members" : at}.`);
  const given = Object.keys(value);
  const extra = given.find((name) => !names.some((known) => known === name));
  if (extra !== undefined)
    throw new ManifestError(`has a member "${at}.${extra}" this program does not know.`, at === "");
  const missing = names.find((name) => !given.includes(name));
  if (missing !== undefined) throw new ManifestError(`lacks ${at === "" ? "" : `${at}.`}${missing}.`);
  return value as Record<Name, unknown>;
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ManifestError(`has no list at ${at}.`);
  return value;
}

function text(value: unknown, at: string): string {
  if (typeof value !== "string" || value === "") throw new ManifestError(`has no text at ${at}.`);
  return value;
}

function flag(value: unknown, at: string): boolean {
  if (typeof value !== "boolean") throw new ManifestError(`says neither yes nor no at ${at}.`);
  return value;
}

function matching(value: unknown, at: string, form: RegExp): string {
  if (typeof value !== "string" || !form.test(value))
    throw new ManifestError(`says at ${at} what cannot stand there.`);
  return value;
}

function count(value: unknown, at: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw new ManifestError(`has no count at ${at}.`);
  return value;
}

function root(value: unknown): string {
  if (typeof value !== "string" || fromBase64(value)?.length !== 32)
    throw new ManifestError("has no root at end_root.");
  return value;
}

/** Of a day that the calendar has. */
function time(value: unknown, at: string): string {
  const said = matching(
    value,
    at,
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/,
  );
  if (dayNumber(said.slice(0, 10)) === null)
    throw new ManifestError(`names a day at ${at} that there is not.`);
  return said;
}

function oneOf<const T extends string>(value: unknown, at: string, known: readonly T[]): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new ManifestError(`says at ${at} a word this program does not know.`, true);
  return found;
}

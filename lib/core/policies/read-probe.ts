import type { Catalog, RegionCode } from "../regions/catalog.ts";
import { findRegion, hostOfRegion } from "../regions/host-of-region.ts";
import type { PinKind } from "./policy.ts";

/** What one host answered to `GET /v1/models`. */
export type ProbeAnswer = {
  readonly host: string;
  /** null: no answer came. */
  readonly status: number | null;
  readonly errorCode: string | null;
  /** Host that the provider named; recorded, never followed. */
  readonly suggestedHost: string | null;
};

export type ProbeReading = {
  /** null: the answers do not say it. */
  readonly pin: { readonly kind: Exclude<PinKind, "unknown">; readonly region: RegionCode | null } | null;
  readonly sentence: string;
};

/** The hosts of a probe of a project that is thought to be of a region: its own, and a documented wrong one. */
export function probeHosts(region: RegionCode, catalog: Catalog): { own: string; wrong: string } {
  const other = region === "eu" ? "us" : "eu";
  return { own: hostOfRegion(region, catalog), wrong: hostOfRegion(other, catalog) };
}

/**
 * What the answers say of the project behind a key. A project that is bound to a region is refused elsewhere with
 * `incorrect_hostname`; one that every regional host serves is global, with residency per request. Whether a bound
 * project also processes in its region is not in the answers: it follows only where the region has one kind of project.
 *
 * `wrong` is null where the second host was not asked, because the first one did not serve the key.
 */
export function readProbe(
  region: RegionCode,
  { own, wrong }: { readonly own: ProbeAnswer; readonly wrong: ProbeAnswer | null },
  catalog: Catalog,
): ProbeReading {
  const row = findRegion(region, catalog);
  if (row === null) return open("The catalog has no such region.");
  if (isWrongHost(own)) {
    const named =
      own.suggestedHost === null ? "" : ` The provider names ${own.suggestedHost}; it was not asked.`;
    return open(`${own.host} refuses the key: its project is not set up for ${row.name}.${named}`);
  }
  if (!isServed(own)) return open(`${own.host} did not serve the key (${told(own)}), so nothing follows.`);
  if (wrong === null) return open(`Only ${own.host} was asked, which says nothing of other hosts.`);
  if (isServed(wrong))
    return {
      pin: { kind: "global", region: null },
      sentence: `${own.host} and ${wrong.host} both serve the key: the project is bound to no region, and the host of each call alone carries the promise.`,
    };
  if (!isWrongHost(wrong))
    return open(`${wrong.host} answered neither yes nor no (${told(wrong)}), so nothing follows.`);
  const bound = `${own.host} serves the key and ${wrong.host} refuses it as the wrong host: the project is bound to ${row.name}`;
  if (row.processing.state === "no")
    return { pin: { kind: "storage_only", region }, sentence: `${bound}, where OpenAI lists storage alone.` };
  if (row.hasStorageOnlyProjects)
    return open(
      `${bound}. Some of its projects only store there, and the answers do not tell which this is.`,
    );
  return { pin: { kind: "processing", region }, sentence: `${bound}, for processing and storage.` };
}

function isServed({ status }: ProbeAnswer): boolean {
  return status !== null && status >= 200 && status < 300;
}

function isWrongHost({ status, errorCode }: ProbeAnswer): boolean {
  return status === 401 && errorCode === "incorrect_hostname";
}

function told({ status, errorCode }: ProbeAnswer): string {
  return status === null ? "no answer" : errorCode === null ? `status ${status}` : `${status} ${errorCode}`;
}

function open(sentence: string): ProbeReading {
  return { pin: null, sentence };
}

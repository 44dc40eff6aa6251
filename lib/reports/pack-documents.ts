import type { CallBody } from "../core/ledger/entries/call-body.ts";
import { catalogFile, policyFile } from "../core/ledger/pack/pack-files.ts";
import { completeCatalog } from "../core/regions/complete-catalog.ts";
import type { InForce } from "../services/reports/in-force.ts";
import type { CatalogInPack } from "../services/reports/state-catalogs.ts";
import type { PolicyInPack } from "../services/reports/state-report.ts";
import type { PackSource } from "../services/reports/with-pack-source.ts";
import type { PackArchive } from "./pack-archive.ts";

type Version = { readonly version: number; readonly sha256: string };

/** What calls of a range were judged by, whether the report is about them or not: each of them is judged again. */
export type PackDocuments = {
  readonly policies: Map<string, Version>;
  readonly catalogs: Map<string, Version>;
};

export const openDocuments = (): PackDocuments => ({ policies: new Map(), catalogs: new Map() });

export function noteDocuments({ policies, catalogs }: PackDocuments, { policy, catalog }: CallBody): void {
  if (policy !== null) note(policies, policy);
  note(catalogs, catalog);
}

/** Writes those, and what was in force, each text once. Answers the policies oldest first, and the newest catalog. */
export async function writeDocuments(
  source: Pick<PackSource, "policyText" | "catalogText">,
  archive: PackArchive,
  { policies, catalogs }: PackDocuments,
  inForce: InForce,
): Promise<{ readonly policies: readonly PolicyInPack[]; readonly catalogs: readonly CatalogInPack[] }> {
  for (const version of inForce.policies) note(policies, version);
  for (const version of inForce.catalogs) note(catalogs, version);
  // A rule that was changed and changed back is two versions and one text.
  const added = new Set<string>();
  const addOnce = async (path: string, content: string): Promise<void> => {
    if (added.has(path)) return;
    added.add(path);
    await archive.add(path, Buffer.from(content, "utf8"));
  };
  const written: PolicyInPack[] = [];
  for (const { version, sha256 } of inOrder(policies)) {
    const policy = await source.policyText(version, sha256);
    written.push({ ...policy, version, sha256 });
    await addOnce(policyFile(sha256), policy.text);
  }
  const read: CatalogInPack[] = [];
  for (const { version, sha256 } of inOrder(catalogs)) {
    const text = await source.catalogText(version, sha256);
    await addOnce(catalogFile(sha256), text);
    read.push({ version, sha256, catalog: { ...completeCatalog(JSON.parse(text)), version } });
  }
  return { policies: written, catalogs: read };
}

function note(into: Map<string, Version>, { version, sha256 }: Version): void {
  const key = `${version} ${sha256}`;
  if (!into.has(key)) into.set(key, { version, sha256 });
}

function inOrder(versions: ReadonlyMap<string, Version>): Version[] {
  return [...versions.values()].sort((a, b) => a.version - b.version || (a.sha256 < b.sha256 ? -1 : 1));
}

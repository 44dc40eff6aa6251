import type { PolicyInForce } from "../../policies/policy.ts";
import { readPolicy } from "../../policies/read-policy.ts";
import type { Catalog } from "../../regions/catalog.ts";
import { completeCatalog, type KeptCatalog } from "../../regions/complete-catalog.ts";
import type { Documents } from "./judge-again.ts";

/** Texts of the policies and catalogs of a pack, by hash. Plain, so that they travel between threads. */
export type DocumentTexts = {
  readonly policies: ReadonlyMap<string, string>;
  readonly catalogs: ReadonlyMap<string, string>;
};

/** Reads documents when a call first names them. trust: what cannot be read is as good as not there. */
export function readDocuments(texts: DocumentTexts): Documents {
  const policies = new Map<string, PolicyInForce | null>();
  const catalogs = new Map<string, Catalog | null>();
  return {
    policy: (version, sha256) =>
      remembered(policies, `${version} ${sha256}`, () => {
        const text = texts.policies.get(sha256);
        const policy = text === undefined ? null : policyOf(text);
        return policy && { version, sha256, policy };
      }),
    catalog: (version, sha256) =>
      remembered(catalogs, `${version} ${sha256}`, () => {
        const text = texts.catalogs.get(sha256);
        const catalog = text === undefined ? null : catalogOf(text);
        return catalog && { ...catalog, version };
      }),
  };
}

/** Null where the text is no policy. */
export function policyOf(text: string) {
  const reading = readPolicy(parsed(text));
  return reading.ok ? reading.policy : null;
}

/** Null where the text is no catalog. */
export function catalogOf(text: string): Catalog | null {
  const value = parsed(text) as KeptCatalog | null;
  const tables = ["sources", "regions", "endpoints", "models", "features", "hosts", "lookalikes"] as const;
  if (typeof value !== "object" || value === null || !tables.every((name) => Array.isArray(value[name])))
    return null;
  try {
    return completeCatalog(value);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

import type { Catalog } from "../../core/regions/catalog.ts";
import { classifyHost } from "../../core/regions/classify-host.ts";
import { isHostName } from "../../core/regions/normalise-host.ts";
import type { Upstream } from "../../core/upstreams/upstream.ts";
import { Refusal } from "../refusal.ts";

type Known = { readonly catalog: Catalog; readonly customHosts: readonly string[] };

/**
 * The closed set of hosts a key may be sent to: documented ones of OpenAI, one recorded resource of Azure, or one name
 * that the tenant's policy admits; letter by letter, each once. Throws where the kind of key does not go there.
 */
export function checkHosts(upstream: Upstream, given: readonly string[], known: Known): readonly string[] {
  const hosts = [...new Set(given)];
  for (const host of hosts) {
    const problem = problemOf(upstream.kind, host, known);
    if (problem !== null) throw refused("A key may be sent to known hosts only.", problem);
  }
  if (upstream.kind !== "openai" && hosts.length !== 1)
    throw refused("This key goes to one host.", "Name one host: the resource that the key is of.");
  return hosts;
}

function problemOf(kind: Upstream["kind"], host: string, { catalog, customHosts }: Known): string | null {
  const row = catalog.hosts.find((each) => each.host === host);
  if (kind === "openai") return row?.provider === "openai" ? null : `OpenAI documents no host named ${host}.`;
  if (kind === "azure") {
    if (row?.provider === "azure" && row.azure !== null) return null;
    return `No Azure resource named ${host} is recorded. An administrator records it in Regions, with its region and SKU.`;
  }
  const isCustom = row === undefined && isHostName(host);
  if (isCustom && classifyHost(host, catalog, customHosts).class === "custom") return null;
  return `The tenant's policy does not admit ${host}. Add it to the policy first, with a reason; a second person approves it.`;
}

function refused(message: string, why: string): Refusal {
  return new Refusal("invalid_input", message, { fields: [{ field: "hosts", message: why }] });
}

import type { PolicyInForce } from "../core/policies/policy.ts";
import { classifyHost } from "../core/regions/classify-host.ts";
import { openaiCatalog } from "../core/regions/openai-catalog.ts";

/** What `x-domicile-region` says: a region code, `global`, or `unknown` for a host without a documented place. */
export function regionOfHost(host: string, { policy }: PolicyInForce): string {
  return classifyHost(host, openaiCatalog, policy.customHosts).region ?? "unknown";
}

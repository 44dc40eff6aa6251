import { asToken, field } from "./json-fields.ts";

const hostsMax = 20;
const hostCharsMax = 100;

/**
 * Whom the tools of a request send to beside the provider: hosts of MCP servers, ids of connectors and tunnels. Names
 * alone, each once, sorted. Trust: a server's address may hold a path, a query or a password: none of it is kept.
 */
export function toolHosts(tools: readonly unknown[]): readonly string[] {
  const found = new Set<string>();
  for (const tool of tools) {
    for (const name of namesOf(tool)) if (found.size < hostsMax) found.add(name);
  }
  return [...found].sort();
}

function namesOf(tool: unknown): string[] {
  const named = [
    // Agents keep the address one level down.
    hostOf(field(tool, "server_url") ?? field(field(tool, "transport"), "server_url")),
    asToken(field(tool, "connector_id"), hostCharsMax),
    asToken(field(tool, "tunnel_id"), hostCharsMax),
  ];
  return named.filter((name) => name !== null);
}

function hostOf(address: unknown): string | null {
  if (typeof address !== "string" || address.length > 4096) return null;
  try {
    return asToken(new URL(address).hostname.toLowerCase(), hostCharsMax) || null;
  } catch {
    return null;
  }
}

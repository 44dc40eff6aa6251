import { openaiCatalog } from "../../core/regions/openai-catalog.ts";

/**
 * A name under which the simulated provider answers.
 *
 * `region` is a region code, `global` for official hosts that promise no place, and null for the
 * lookalike, which is somebody else's server.
 */
export type SimulatedHost = { readonly host: string; readonly region: string | null };

/** The lookalike that guides in circulation name. It relays what it is given and keeps the key. */
export const lookalikeHost = "api.openai.eu";

/** Every host of the catalog, and the lookalike. */
export const simulatedHosts: readonly SimulatedHost[] = [
  ...openaiCatalog.hosts.map((row) => ({ host: row.host, region: row.region ?? "global" })),
  { host: lookalikeHost, region: null },
];

export function findSimulatedHost(name: string): SimulatedHost | null {
  return simulatedHosts.find(({ host }) => host === name.toLowerCase()) ?? null;
}

/** The host OpenAI would name for a region in an `incorrect_hostname` answer. */
export function hostToConfigure(region: string): string {
  return region === "global" ? "api.openai.com" : `${region}.api.openai.com`;
}

import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { type SimulatedResource, simulatedResources } from "./azure/resources.ts";

/**
 * A name under which the simulated provider answers.
 *
 * `region` is a region code, `global` for official hosts that promise no place, and null for the
 * lookalike, which is somebody else's server.
 */
export type SimulatedHost = {
  readonly host: string;
  readonly region: string | null;
  /** The resource of Azure behind the name. */
  readonly resource?: SimulatedResource;
  /** What an answer of that resource says in `x-ms-region`; null: nothing. */
  readonly echo?: string | null;
};

/** The lookalike that guides in circulation name. It relays what it is given and keeps the key. */
export const lookalikeHost = "api.openai.eu";

/** Every host of the catalog, the lookalike, and resources of Azure. */
export const simulatedHosts: readonly SimulatedHost[] = [
  ...openaiCatalog.hosts.map((row) => ({ host: row.host, region: row.region ?? "global" })),
  { host: lookalikeHost, region: null },
  ...Object.entries(simulatedResources).map(([host, resource]) => ({
    host,
    // Models and faults as on the host that promises no place.
    region: "global",
    resource,
    echo: resource.azureRegion,
  })),
];

export function findSimulatedHost(name: string): SimulatedHost | null {
  return simulatedHosts.find(({ host }) => host === name.toLowerCase()) ?? null;
}

/** The host OpenAI would name for a region in an `incorrect_hostname` answer. */
export function hostToConfigure(region: string): string {
  return region === "global" ? "api.openai.com" : `${region}.api.openai.com`;
}

import type { DeploymentSku } from "../../../core/calls/deployment-facts.ts";

/** A deployment of the simulation. */
export type SimulatedDeployment = {
  /** Model that answers. */
  readonly model: string;
  readonly sku: DeploymentSku;
  /** What its answers say in `x-ms-region`, where that is not the resource's own region; null: nothing. */
  readonly echo?: string | null;
};

/** A resource of Azure OpenAI: one host, one key, one region, some deployments. */
export type SimulatedResource = {
  /** Keys `sk-sim-azure-<name>-<anything>` open it, and no other does. */
  readonly name: string;
  /** As Azure names it in `x-ms-region`. */
  readonly azureRegion: string;
  readonly deployments: Readonly<Record<string, SimulatedDeployment>>;
};

const model = "gpt-5.5";

/**
 * Resources under `openai.azure.com`, by host. `domicile-sweden` is regional, with one deployment of every other kind;
 * `drifting` answers from another region than its resource is in, and `silent` names none.
 */
export const simulatedResources: Readonly<Record<string, SimulatedResource>> = {
  "domicile-sweden.openai.azure.com": {
    name: "sweden",
    azureRegion: "Sweden Central",
    deployments: {
      "gpt-5.5": { model, sku: "Standard" },
      "chat-se": { model, sku: "Standard" },
      "chat-reserved": { model, sku: "ProvisionedManaged" },
      "chat-zone": { model, sku: "DataZoneStandard", echo: "Germany West Central" },
      "chat-global": { model, sku: "GlobalStandard", echo: "East US 2" },
      drifting: { model, sku: "Standard", echo: "East US" },
      silent: { model, sku: "Standard", echo: null },
      "voice-se": { model: "gpt-realtime-2", sku: "Standard" },
      "embed-se": { model: "text-embedding-3-large", sku: "Standard" },
    },
  },
  "domicile-zone.openai.azure.com": {
    name: "zone",
    azureRegion: "Sweden Central",
    deployments: { "chat-zone": { model, sku: "DataZoneStandard", echo: "Germany West Central" } },
  },
  "domicile-global.openai.azure.com": {
    name: "global",
    azureRegion: "Sweden Central",
    deployments: { "chat-global": { model, sku: "GlobalStandard" } },
  },
};

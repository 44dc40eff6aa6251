import OpenAI from "openai";
import { tenantWishes } from "./gateway-calls.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "./gateway-world.ts";

/** What the record says of one call. */
export type ClientCall = {
  readonly operation: string;
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly status: number | null;
  readonly call_end: string;
  readonly host: string | null;
  readonly model_requested: string | null;
  readonly model_answered: string | null;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly finish_reason: string | null;
  readonly provider_object_id: string | null;
  readonly facts: {
    readonly requestBody: string;
    readonly responseBody: string;
    readonly stream: boolean;
    readonly objectsUsed?: readonly { readonly kind: string; readonly id: string }[];
    readonly toolHosts?: readonly string[];
  };
};

export type ClientWorld = {
  readonly world: GatewayWorld;
  /** A tenant without a requirement of place, so that any model and surface may be asked for. */
  readonly lab: WorldTenant;
  /** Counts what goes through it; for any client. */
  readonly fetch: typeof globalThis.fetch;
  readonly openai: OpenAI;
  /** Runs an action and answers the record of every call it made, in their order. */
  callsOf(action: () => Promise<unknown>): Promise<ClientCall[]>;
  stop(): Promise<void>;
};

/** The unmodified clients before a real gateway: told a base URL and a key, and nothing else. */
export async function createClientWorld(): Promise<ClientWorld> {
  const world = await createGatewayWorld();
  const lab = await world.addTenant(tenantWishes.lab);
  let asked = 0;
  const counting: typeof globalThis.fetch = (input, init) => {
    // The client also asks for `data:,` to learn what its platform can.
    if (String(input).startsWith("http")) asked += 1;
    return fetch(input, init);
  };
  const openai = new OpenAI({ apiKey: lab.key, baseURL: world.baseUrl, maxRetries: 0, fetch: counting });
  return {
    world,
    lab,
    fetch: counting,
    openai,
    async callsOf(action) {
      const before = asked;
      await action();
      const rows = await world.recorded(lab.id, asked);
      return rows.slice(before) as unknown as ClientCall[];
    },
    stop: () => world.stop(),
  };
}

export const operationsOf = (calls: readonly ClientCall[]): string[] =>
  calls.map(({ operation }) => operation);

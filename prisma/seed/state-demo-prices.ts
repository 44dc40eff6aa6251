import { statePriceInput } from "../../lib/contracts/prices.ts";
import { modelPrices } from "../../lib/db/model-price.ts";
import type { Actor } from "../../lib/services/actor.ts";
import { statePrice } from "../../lib/services/prices/state-price.ts";

/**
 * What the simulated provider is said to charge. Made up, and said to be where it stands; it counts for simulated tenants
 * alone. Some models have no price, as in any deployment. A second run finds them stated.
 */
export async function stateDemoPrices(actor: Actor, begin: number): Promise<void> {
  const stated = new Set((await modelPrices()).map(({ model }) => model));
  const effectiveFrom = new Date(begin).toISOString().slice(0, 10);
  for (const [model, inputUsd, cachedUsd, outputUsd] of prices) {
    if (stated.has(model)) continue;
    const input = statePriceInput.parse({
      mode: "simulated",
      model,
      effectiveFrom,
      inputUsd,
      cachedUsd,
      outputUsd,
      source: "Made up for the demo: no price of OpenAI's",
    });
    await statePrice(actor, input, { at: new Date(begin) });
  }
}

/** Input, cached input and output, in US dollars per million tokens. */
const prices: readonly (readonly [string, number, number | null, number])[] = [
  ["gpt-5.5", 2, 0.2, 12],
  ["gpt-5.6-sol", 1.5, 0.15, 9],
  ["gpt-5.6-terra", 0.8, 0.08, 5],
  ["gpt-5.4", 1.6, 0.16, 10],
  ["gpt-5.4-mini", 0.3, 0.03, 2],
  ["gpt-5.2", 1.2, null, 8],
  ["text-embedding-3-large", 0.1, null, 0],
];

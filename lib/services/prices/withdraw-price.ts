import { v7 } from "uuid";
import type { WithdrawPriceInput } from "../../contracts/prices.ts";
import { insertPrice, modelPrices } from "../../db/model-price.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";

/** Takes back what was said of a model and day. The price before it counts again; without one the cost is unknown. */
export const withdrawPrice = deploymentMutation<WithdrawPriceInput, { withdrawnAt: string }>({
  who: "admin",
  event: "price.withdrawn",
  changesConfig: false,
  run: async ({ tx, actor, actorName, at }, { reason, ...which }) => {
    const { mode, provider, model, effectiveFrom } = which;
    const stated = (await modelPrices()).some(
      (row) =>
        row.mode === mode &&
        row.provider === provider &&
        row.model === model &&
        row.effectiveFrom === effectiveFrom,
    );
    if (!stated) throw new Refusal("not_found", "No price of that model and day counts.");
    await insertPrice(tx, {
      ...which,
      id: v7(),
      at,
      withdrawn: true,
      inputUsd: null,
      cachedUsd: null,
      outputUsd: null,
      upliftPercent: null,
      source: reason,
      personId: actor.kind === "person" ? actor.personId : null,
      personName: actorName,
    });
    return {
      output: { withdrawnAt: at.toISOString() },
      subject: model,
      detail: { ...which, reason },
    };
  },
});

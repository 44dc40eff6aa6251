import { v7 } from "uuid";
import type { StatedPrice, StatePriceInput } from "../../contracts/prices.ts";
import { insertPrice } from "../../db/model-price.ts";
import { deploymentMutation } from "../mutation.ts";

/** States what a model costs from a day on. What was said before of that model and day is kept, and no longer counts. */
export const statePrice = deploymentMutation<StatePriceInput, StatedPrice>({
  who: "admin",
  event: "price.stated",
  changesConfig: false,
  run: async ({ tx, actor, actorName, at }, input) => {
    const personId = actor.kind === "person" ? actor.personId : null;
    await insertPrice(tx, { ...input, id: v7(), at, withdrawn: false, personId, personName: actorName });
    return {
      output: { ...input, statedBy: actorName, statedAt: at.toISOString() },
      subject: input.model,
      detail: { ...input },
    };
  },
});

import type { FetchedListing } from "../../contracts/models.ts";
import { providerError } from "../../core/calls/provider-error.ts";
import { readModelList } from "../../core/calls/read-model-list.ts";
import { askGateway } from "../gateway-client/ask-gateway.ts";
import { Refusal } from "../refusal.ts";

export type AskInput = {
  readonly gatewayUrl: string;
  /** Of `allowPlaygroundCall`; it says which host is asked. */
  readonly token: string;
  readonly signal: AbortSignal;
};

const messageCharsMax = 500;

/**
 * One `GET /v1/models` through our own gateway. What the provider or the policy refuses is an answer, not a failure.
 *
 * trust: the provider's words are shown as such to the one who asked and kept nowhere.
 */
export async function askForModels(input: AskInput): Promise<FetchedListing> {
  const asked = await askGateway({ ...input, path: "/v1/models", accept: "application/json" });
  if (asked.response === null) {
    const { cause } = asked;
    throw new Refusal("unavailable", "The gateway does not answer, so nothing was asked.", { cause });
  }
  const { response, callId } = asked;
  const json: unknown = await response.json().catch(() => null);
  const models = response.ok ? readModelList(json) : null;
  if (models !== null) return { outcome: "listed", models: models.length, callId };
  const said = providerError(json).message?.slice(0, messageCharsMax);
  return {
    outcome: "refused",
    message: said ?? `The answer was ${response.status} and no list of models.`,
    callId,
  };
}

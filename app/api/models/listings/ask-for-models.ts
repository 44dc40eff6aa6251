import type { FetchedListing } from "../../../../lib/contracts/models.ts";
import { readModelList } from "../../../../lib/core/calls/read-model-list.ts";
import { Refusal } from "../../../../lib/services/refusal.ts";

export type AskInput = {
  readonly gatewayUrl: string;
  /** Of `allowPlaygroundCall`; it says which host is asked. */
  readonly token: string;
  readonly signal: AbortSignal;
};

/** One `GET /v1/models` through our own gateway. What the provider or the policy refuses is an answer, not a failure. */
export async function askForModels({ gatewayUrl, token, signal }: AskInput): Promise<FetchedListing> {
  const answer = await fetch(new URL("/v1/models", gatewayUrl), {
    redirect: "error",
    signal,
    headers: { authorization: `Bearer ${token}`, accept: "application/json" },
  }).catch((cause: unknown) => {
    throw new Refusal("unavailable", "The gateway does not answer, so nothing was asked.", { cause });
  });
  const callId = answer.headers.get("x-domicile-call-id");
  const json: unknown = await answer.json().catch(() => null);
  const models = answer.ok ? readModelList(json) : null;
  if (models !== null) return { outcome: "listed", models: models.length, callId };
  const message = messageOf(json) ?? `The answer was ${answer.status} and no list of models.`;
  return { outcome: "refused", message, callId };
}

/** trust: text of the provider, shown as such to the one who asked and kept nowhere. */
function messageOf(json: unknown): string | null {
  const error = typeof json === "object" && json !== null && "error" in json ? json.error : null;
  const message = typeof error === "object" && error !== null && "message" in error ? error.message : null;
  return typeof message === "string" ? message.slice(0, 500) : null;
}

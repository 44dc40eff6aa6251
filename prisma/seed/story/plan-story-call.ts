import { matchOperation } from "../../../lib/core/calls/match-operation.ts";
import type { Operation } from "../../../lib/core/calls/operation.ts";
import { type Plan, plan } from "../../../lib/core/policies/plan.ts";
import { type Pin, type PolicyInForce, unknownPin } from "../../../lib/core/policies/policy.ts";
import { openaiCatalog } from "../../../lib/core/regions/openai-catalog.ts";
import type { StoryCall, StoryOperation } from "./story-call.ts";
import {
  keyOf,
  pinAt,
  policyAt,
  type StoryCredential,
  type StoryKey,
  type StoryTenant,
} from "./story-tenant.ts";

export type PlannedStoryCall = {
  readonly call: StoryCall;
  readonly tenant: StoryTenant;
  readonly key: StoryKey;
  readonly path: string;
  readonly operation: Operation;
  readonly policy: PolicyInForce;
  readonly plan: Plan;
  /** null: the application's own. */
  readonly credential: StoryCredential | null;
  readonly pin: Pin;
};

/** Sends a call of the story through the rule that decides for the gateway's calls, as of when it began. */
export function planStoryCall(call: StoryCall, tenant: StoryTenant): PlannedStoryCall {
  const [method, template] = requests[call.operation];
  const path = template.replace("{id}", call.objects?.used[0]?.id ?? "");
  const operation = matchOperation(method, path);
  if (!operation) throw new Error(`${method} ${path} is no operation.`);
  const key = keyOf(tenant, call.key);
  const policy = policyAt(tenant, call.at);
  const planWith = (pin: Pin): Plan =>
    plan({
      policy: policy.policy,
      catalog: openaiCatalog,
      keyTarget: key.target,
      requestedTarget: call.requestedTarget,
      subjectCountry: call.subjectCountry,
      endpoint: operation.endpoint,
      model: call.model,
      featuresOffered: call.featuresOffered,
      unreadable: [],
      storedStateRefs: [],
      store: call.store,
      background: { said: false },
      serviceTier: call.serviceTier,
      carriesContent: operation.carriesContent,
      objectsUsed: call.objects?.used.map((object) => ({ ...object, birth: null })),
      batchLines: call.objects && call.objects.lines.length > 0 ? call.objects.lines : undefined,
      pin,
      at: new Date(call.at).toISOString(),
    });
  // As in the gateway: the pin belongs to the credential, the credential to the host.
  const first = planWith(unknownPin);
  const credential =
    key.ownProviderKey === null
      ? (tenant.credentials.find(({ hosts }) => hosts.includes(first.host)) ?? null)
      : null;
  const pin = pinAt(credential, call.at);
  const planned = pin.kind === "unknown" ? first : planWith(pin);
  return { call, tenant, key, path, operation, policy, plan: planned, credential, pin };
}

const requests: Readonly<Record<StoryOperation, readonly [method: string, path: string]>> = {
  chat: ["POST", "/v1/chat/completions"],
  responses: ["POST", "/v1/responses"],
  embeddings: ["POST", "/v1/embeddings"],
  models: ["GET", "/v1/models"],
  upload_file: ["POST", "/v1/files"],
  create_batch: ["POST", "/v1/batches"],
  read_batch: ["GET", "/v1/batches/{id}"],
  read_file: ["GET", "/v1/files/{id}/content"],
};

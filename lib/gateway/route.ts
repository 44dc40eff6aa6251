import { isDomicileKey } from "../core/access/domicile-key.ts";
import type { BatchLineGroup } from "../core/calls/batch-lines.ts";
import { opensWayPastGateway } from "../core/calls/bypass.ts";
import type { BodyReading } from "../core/calls/call-facts.ts";
import type { DeploymentFacts } from "../core/calls/deployment-facts.ts";
import { unknownOperation } from "../core/calls/match-operation.ts";
import type { Operation } from "../core/calls/operation.ts";
import type { UsedObject } from "../core/calls/provider-object.ts";
import type { RequestReading } from "../core/calls/read-request.ts";
import { type Plan, plan } from "../core/policies/plan.ts";
import { type Pin, type PolicyInForce, unknownPin } from "../core/policies/policy.ts";
import type { Catalog } from "../core/regions/catalog.ts";
import { indexOf } from "../core/regions/catalog-index.ts";
import { findDeployment, openaiUpstream, type Upstream } from "../core/upstreams/upstream.ts";
import type { TenantConfig, UsableCredential } from "../services/gateway-config/load-tenant-config.ts";
import { GatewayRefusal } from "./answer-error.ts";
import type { Asked } from "./asked.ts";
import type { Caller } from "./identify.ts";

/** Where a call goes, by which rule, with whose key. */
export type Route = {
  readonly plan: Plan;
  readonly policy: PolicyInForce;
  /** What was asked for: `policy`, a region code, `global`, or a host. */
  readonly target: string;
  /** null: the caller's own key. */
  readonly credential: UsableCredential | null;
  /** What goes upstream as the key; null for a refused call. */
  readonly providerKey: string | null;
  /** Why no key of this call may go to the host, whatever the plan says; null: one may, or the plan refuses. */
  readonly keyRefusal: GatewayRefusal | null;
  readonly pin: Pin;
  /** How the request is put to the host. */
  readonly upstream: Upstream;
  /** What is recorded of the deployment that the request names; null: it goes to none. */
  readonly deployment: DeploymentFacts | null;
};

export type RouteInput = {
  readonly caller: Caller;
  readonly asked: Asked;
  readonly operation: Operation;
  readonly reading: RequestReading;
  readonly requestBody: BodyReading | "coming";
  /** Objects that the call names, with their births; absent: nobody looked. */
  readonly objectsUsed?: readonly UsedObject[] | undefined;
  /** What a batch's lines ask for; absent: it is none, or nobody read them. */
  readonly batchLines?: readonly BatchLineGroup[] | undefined;
  readonly catalog: Catalog;
  /** Where this gateway stands; null where nobody attested it. */
  readonly relayCountry: string | null;
  /** RFC 3339 UTC. */
  readonly at: string;
};

/**
 * Plans a call and chooses its key. The key is chosen by the host, and is one that may be sent there. Throws where no policy
 * is in force; every other refusal is part of the route, so that the call it stops can be recorded.
 *
 * trust: live and simulated never mix. That is settled here, before the intent is written.
 */
export function findRoute(input: RouteInput): Route {
  const { caller, asked } = input;
  const { config } = caller;
  const policy = policyInForce(config, input.at);
  if (!policy) throw new GatewayRefusal("policy_missing");
  const planWith = (pin: Pin, deployment: DeploymentFacts | null): Plan =>
    plan({
      policy: policy.policy,
      catalog: input.catalog,
      keyTarget: caller.keyTarget,
      requestedTarget: asked.targetRegion,
      subjectCountry: asked.subjectCountry,
      endpoint: input.operation.endpoint,
      model: input.reading.model,
      featuresOffered: input.reading.featuresOffered,
      store: input.reading.store,
      background: input.reading.background,
      serviceTier: input.reading.serviceTier,
      unreadable: input.reading.unreadable,
      storedStateRefs: input.reading.storedStateRefs,
      objectsUsed: input.objectsUsed,
      batchLines: input.batchLines,
      deployment,
      carriesContent: input.operation.carriesContent,
      requestBody: input.requestBody,
      unknownOperation: input.operation === unknownOperation,
      opensWayPast: opensWayPastGateway(input.operation.id),
      pin,
      relayCountry: input.relayCountry,
      at: input.at,
    });
  // The pin belongs to the key, the key to the host, and the host depends on no pin and no deployment. Most tenants have
  // one key, so its pin is the one to begin with.
  const likely = caller.ownProviderKey === null ? (config.credentials[0]?.pin ?? unknownPin) : unknownPin;
  const first = planWith(likely, null);
  const credential = caller.ownProviderKey === null ? credentialFor(input, first.host) : null;
  const pin = credential?.pin ?? unknownPin;
  const upstream = credential?.upstream ?? openaiUpstream;
  const deployment = deploymentOf(upstream, first.host, input);
  const planned = pin === likely && deployment === null ? first : planWith(pin, deployment);
  const target = asked.targetRegion ?? caller.keyTarget;
  const refused = planned.kind === "refuse";
  const providerKey = caller.ownProviderKey ?? credential?.secret ?? null;
  const keyRefusal =
    !refused && caller.ownProviderKey !== null && isAzure(planned.host, input.catalog)
      ? new GatewayRefusal("no_provider_credential", { message: storedKeysAlone })
      : providerKey !== null
        ? checkKey(config, providerKey)
        : refused
          ? null
          : new GatewayRefusal("no_provider_credential");
  const sent = refused || keyRefusal !== null ? null : providerKey;
  return {
    ...{ plan: planned, policy, target, credential, pin, upstream, deployment },
    ...{ providerKey: sent, keyRefusal },
  };
}

/** Why a call may not be sent this way; null: it may. */
export function refusalOf({ plan: planned, keyRefusal }: Route): GatewayRefusal | null {
  if (keyRefusal !== null || planned.kind === "send") return keyRefusal;
  return new GatewayRefusal(planned.code, { message: planned.message });
}

/** False where the stored key of a route is no longer one of its tenant's. */
export function holdsKeyOf({ config }: Caller, { credential }: Route): boolean {
  return credential === null || config.credentials.some(({ id }) => id === credential.id);
}

const storedKeysAlone =
  "How requests are put to a resource of Azure is said with its stored key, so a caller's own key is not sent there. Nothing was sent.";

/**
 * A body that is still coming may name its deployment later; what it names then is asked about then. What carries no
 * content, such as a list, is answered by the resource and not by a deployment.
 */
function deploymentOf(upstream: Upstream, host: string, input: RouteInput): DeploymentFacts | null {
  const { operation, reading, requestBody, catalog, batchLines: lines = [] } = input;
  const { model } = reading;
  const isUnnamed = model === null && lines.length === 0;
  const isBatch = operation.id === "batches.create";
  if (isUnnamed && (!operation.carriesContent || (requestBody === "coming" && !isBatch))) return null;
  const found = findDeployment(upstream, model, { lines, isBatch });
  if (found !== null || !isBatch) return found;
  // No batch runs on the deployments of a regional resource, and nobody listed the one that runs this.
  return indexOf(catalog).hosts.get(host)?.azure?.sku === "regional" ? { name: null, sku: null } : null;
}

function policyInForce(config: TenantConfig, at: string): PolicyInForce | null {
  // Both are RFC 3339 UTC with milliseconds, so the order of the text is the order of time.
  return config.policies.find((version) => version.effectiveAt <= at) ?? null;
}

/** trust: a key goes to hosts of its own closed set, and of its own kind, and nothing of a request is asked for either. */
function credentialFor({ caller, catalog }: RouteInput, host: string): UsableCredential | null {
  const row = indexOf(catalog).hosts.get(host);
  const kind = row === undefined ? "custom" : row.provider;
  const { credentialId: named } = caller;
  const fits = ({ id, hosts, upstream }: UsableCredential) =>
    hosts.includes(host) && upstream.kind === kind && (named === undefined || id === named);
  return caller.config.credentials.find(fits) ?? null;
}

function isAzure(host: string, catalog: Catalog): boolean {
  return indexOf(catalog).hosts.get(host)?.provider === "azure";
}

/** trust: the last look at the key before it leaves, whatever was checked when it was saved. */
function checkKey(config: TenantConfig, providerKey: string): GatewayRefusal | null {
  if (isDomicileKey(providerKey))
    return new GatewayRefusal("no_provider_credential", {
      message:
        "The key saved for this host is a Domicile key, which is never sent anywhere. Nothing was sent.",
    });
  const simulatedKey = providerKey.startsWith("sk-sim-");
  if (config.tenant.mode === "live" && simulatedKey) return new GatewayRefusal("simulated_key_refused");
  if (config.tenant.mode === "simulated" && !simulatedKey) return new GatewayRefusal("live_key_refused");
  return null;
}

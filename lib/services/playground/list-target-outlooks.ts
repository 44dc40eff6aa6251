import type { TargetOutlook, TargetOutlookSearch } from "../../contracts/playground.ts";
import type { Said } from "../../core/calls/call-facts.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import { type Plan, plan } from "../../core/policies/plan.ts";
import { type Pin, type Policy, unknownPin } from "../../core/policies/policy.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { classifyHost } from "../../core/regions/classify-host.ts";
import { newestPins, type PinRow } from "../../db/pin.ts";
import { policiesInForce } from "../../db/policy-version.ts";
import { listCredentials } from "../../db/provider-credential.ts";
import { withTenant, withTenantSql } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { Refusal } from "../refusal.ts";

/**
 * What would become of a plain chat call to each target, by the plan that the gateway itself follows. The
 * gateway decides again when the call comes.
 */
export async function listTargetOutlooks(
  actor: Actor,
  { tenant, model }: TargetOutlookSearch,
): Promise<TargetOutlook[]> {
  const { tenantId } = await tenantFor(actor, "tenant:read", tenant);
  const scope = { read: [tenantId], write: null };
  const now = new Date();
  const [catalog, pins, parts] = await Promise.all([
    currentCatalog(),
    withTenantSql(scope, (sql) => newestPins(sql, tenantId, now)),
    withTenant(scope, async (tx) => ({
      stored: (await policiesInForce(tx, [tenantId], now)).get(tenantId),
      credentials: (await listCredentials(tx, tenantId)).filter(({ revokedAt }) => revokedAt === null),
    })),
  ]);
  if (!parts.stored) throw new Refusal("not_found", "This tenant has no policy in force.");
  const policy = parsePolicy(parts.stored.body);
  const regions = catalog.regions.filter(({ provider }) => provider === "openai");
  const targets = ["policy", ...regions.map(({ code }) => code), "global"];
  return targets.map((target) => {
    const ask = { policy, catalog, target, model: model ?? null, at: now.toISOString() };
    const first = planChat({ ...ask, pin: unknownPin });
    const credential = parts.credentials.find(({ hosts }) => hosts.includes(first.host));
    const planned = planChat({ ...ask, pin: pinOf(credential && pins.get(credential.id)) });
    return outlookOf(target, planned, { policy, catalog, hasCredential: credential !== undefined });
  });
}

type ChatAsk = {
  policy: Policy;
  catalog: Catalog;
  target: string;
  model: string | null;
  pin: Pin;
  at: string;
};

function planChat({ policy, catalog, target, model, pin, at }: ChatAsk): Plan {
  return plan({
    policy,
    catalog,
    keyTarget: target,
    requestedTarget: null,
    subjectCountry: null,
    endpoint: "/v1/chat/completions",
    model,
    featuresOffered: [],
    unreadable: [],
    storedStateRefs: [],
    store: unsaid,
    background: unsaid,
    serviceTier: null,
    pin,
    at,
  });
}

const unsaid: Said<boolean> = { said: false };

function outlookOf(
  target: string,
  planned: Plan,
  { policy, catalog, hasCredential }: { policy: Policy; catalog: Catalog; hasCredential: boolean },
): TargetOutlook {
  const refusal = planned.kind === "refuse" ? planned : planned.wouldBlock;
  return {
    target,
    host: planned.host,
    region: classifyHost(planned.host, catalog, policy.customHosts).region,
    outlook: planned.kind === "refuse" ? "refused" : refusal ? "flagged" : "sent",
    objection: refusal && { code: refusal.code, message: refusal.message },
    hasCredential,
  };
}

function pinOf(row: PinRow | undefined): Pin {
  if (!row) return unknownPin;
  const { kind, region, source, since, attestedBy } = row;
  return { kind, region, source, since, attestedBy };
}

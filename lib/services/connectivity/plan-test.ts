import type { ConnectivityInput } from "../../contracts/connectivity.ts";
import type { TestPlace } from "../../core/connectivity/explain-answer.ts";
import { classifyHost } from "../../core/regions/classify-host.ts";
import { regionName } from "../../core/regions/host-of-region.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { listTargetOutlooks } from "../playground/list-target-outlooks.ts";
import { Refusal } from "../refusal.ts";
import { getTenant } from "../tenants/get-tenant.ts";
import { signConnectionToken } from "./connection-token.ts";

export type PlannedTest = {
  readonly place: TestPlace;
  /** Lets a gateway open one connection to the host, within a minute. */
  readonly connectionToken: string;
};

/** What a connectivity test of a stored key at one of its hosts will be held against. Refuses who may not send. */
export async function planConnectivityTest(actor: Actor, input: ConnectivityInput): Promise<PlannedTest> {
  const { tenantId } = await tenantFor(actor, "playground:send", input.tenant);
  const [tenant, catalog, outlooks] = await Promise.all([
    getTenant(actor, input.tenant),
    currentCatalog(),
    listTargetOutlooks(actor, { tenant: input.tenant, model: input.model }),
  ]);
  const credential = tenant.credentials.find(({ id }) => id === input.credentialId);
  if (!credential || credential.revokedAt !== null)
    throw new Refusal("not_found", "There is no such credential, or it was revoked.");
  const { host } = input;
  if (!credential.hosts.includes(host))
    throw new Refusal("invalid_input", "This key may not be sent to that host.", {
      fields: [{ field: "host", message: `The key is for ${credential.hosts.join(", ")}.` }],
    });
  const { region } = classifyHost(host, catalog, credential.hosts);
  const { kind, region: pinned, source, since, attestedBy } = credential.pin;
  return {
    place: {
      host,
      region,
      place: region === null ? host : regionName(region, catalog),
      model: input.model,
      pin: credential.upstream.kind === "openai" ? { kind, region: pinned, source, since, attestedBy } : null,
      allowedHosts: outlooks.filter(({ outlook }) => outlook === "sent").map((each) => each.host),
    },
    connectionToken: signConnectionToken({ tenantId, credentialId: credential.id, host }),
  };
}

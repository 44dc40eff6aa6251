import { fromLitellm } from "../../../lib/core/intake/from-litellm.ts";
import type { ReportedCall } from "../../../lib/core/intake/reported-call.ts";
import { acceptCalls } from "../../../lib/services/intake/accept-calls.ts";
import { litellmLog } from "./litellm-log.ts";
import { keyOf, type StoryTenant } from "./story-tenant.ts";
import type { StoryWindow } from "./window.ts";

/** The tenant whose team has a LiteLLM of its own, and the key with which that reports. */
export const litellmReporter = { slug: "nordbank-apps", key: "LiteLLM log" } as const;

/** Hands the log to the verb that accepts reports, a day at a time. A second time everything is known already. */
export async function reportLitellmLog(tenant: StoryTenant, window: StoryWindow): Promise<number> {
  const { keyId, applicationId } = keyOf(tenant, litellmReporter.key);
  let told = 0;
  for (const { sentAt, records } of litellmLog(window)) {
    const results = await acceptCalls({ tenantId: tenant.id, applicationId, keyId }, records.map(callOf), {
      receivedAt: new Date(sentAt),
      own: new Set(),
    });
    const rejected = results.find(({ outcome }) => outcome === "rejected");
    if (rejected)
      throw new Error(`A record of the demo's LiteLLM was not taken: ${JSON.stringify(rejected)}`);
    told += records.length;
  }
  return told;
}

function callOf(record: Readonly<Record<string, unknown>>): ReportedCall {
  const mapped = fromLitellm(record);
  if (mapped.kind === "call") return mapped.call;
  throw new Error(`A record of the demo's LiteLLM says nothing of a call: ${JSON.stringify(mapped)}`);
}

import type { EndpointRow } from "../regions/catalog.ts";
import type { BodyReading, Said } from "./call-facts.ts";

export type StoreFacts = {
  readonly store: Said<boolean>;
  readonly background: Said<boolean>;
  readonly requestBody: BodyReading;
  readonly storedStateRefs?: readonly string[];
};

/** Endpoints that store unless the request says `store: false` (OpenAI, Your data guide, 2026-09-24). */
const storesUnlessTold: readonly string[] = ["/v1/responses"];

/**
 * Whether the call leaves state behind at the provider beyond abuse monitoring, or reads such state.
 *
 * Where that cannot be told it is taken to store: what stores needs a pin, so the doubt never clears a call.
 */
export function storesContent(endpoint: EndpointRow | null, facts: StoreFacts): boolean {
  if (endpoint === null || endpoint.storesState === "yes" || endpoint.storesState === "unknown") return true;
  if (endpoint.storesState === "no") return false;
  // A request without a body reads, changes or ends an object that was stored before.
  if (facts.requestBody !== "read") return true;
  if (facts.background.said && facts.background.value) return true;
  // A request that names stored objects reads or extends them, whatever it says of storing. So may one in
  // which nobody looked for such names.
  if (facts.storedStateRefs === undefined || facts.storedStateRefs.length > 0) return true;
  return facts.store.said ? facts.store.value : storesUnlessTold.includes(endpoint.path);
}

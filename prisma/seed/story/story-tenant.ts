import { type Pin, type PolicyInForce, unknownPin } from "../../../lib/core/policies/policy.ts";

/** A tenant as the story's calls meet it. */
export type StoryTenant = {
  readonly id: string;
  readonly slug: string;
  /** Newest first. */
  readonly policies: readonly (PolicyInForce & { readonly effectiveAt: string })[];
  /** Newest first. */
  readonly credentials: readonly StoryCredential[];
  readonly keys: ReadonlyMap<string, StoryKey>;
};

export type StoryCredential = {
  readonly id: string;
  readonly secret: string;
  readonly hosts: readonly string[];
  /** Milliseconds since 1970; before it the pin was unknown. */
  readonly pinnedAt: number;
  readonly pin: Pin;
};

export type StoryKey = {
  readonly keyId: string;
  readonly applicationId: string;
  readonly target: string;
  /** The provider's key that the application brings along; null where the tenant's own is used. */
  readonly ownProviderKey: string | null;
};

export function policyAt(tenant: StoryTenant, at: number): PolicyInForce {
  const found = tenant.policies.find(({ effectiveAt }) => Date.parse(effectiveAt) <= at);
  if (!found) throw new Error(`${tenant.slug} had no policy at ${new Date(at).toISOString()}.`);
  return found;
}

/** As it was known then. */
export function pinAt(credential: StoryCredential | null, at: number): Pin {
  return credential !== null && credential.pinnedAt <= at ? credential.pin : unknownPin;
}

export function keyOf(tenant: StoryTenant, name: string): StoryKey {
  const key = tenant.keys.get(name);
  if (!key) throw new Error(`${tenant.slug} has no key ${name}.`);
  return key;
}

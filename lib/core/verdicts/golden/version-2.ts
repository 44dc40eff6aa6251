/**
 * What version 2 of the judge answers to lines of the table that later versions answer otherwise, by their situation:
 * the expectation, and what it says of the claims where the line states them. Of all others it says the same.
 */
// biome-ignore format: one line per case
export const version2: Readonly<Record<string, readonly [expected: string, claims?: string]>> = {
  "an edge elsewhere at the mTLS host is no anomaly: nobody states where its TLS ends": ["outside observed edge_anomaly", "ingress ?"],
  "an alias of which no snapshot is listed in the Emirates: whatever answers is not": ["unverifiable content_path_not_observed", "inference ?"],
  "an alias of the Responses list through chat": ["unverifiable content_path_not_observed"],
  "an alias that is excluded and told by a log": ["unverifiable content_path_not_observed evidence_too_weak"],
  "a listed name without a date, and its snapshot answers": ["outside observed model_not_eligible", "inference ?"],
  "the moderation model is listed as the latest, and a dated one answers": ["outside observed model_not_eligible"],
  "a snapshot of a listed name keeps the name's tiers": ["outside observed model_not_eligible"],
  "the policy allows a snapshot, and the alias is recorded to stand for it": ["outside observed model_not_eligible"],
  "the policy allows the name under which a snapshot is listed": ["outside observed model_not_eligible"],
  "the policy allows the very snapshot that answers a listed name": ["outside observed model_not_eligible"],
  "extended prompt caching at rest in the United Kingdom may leave it": ["within in_region", "storage gb:C"],
  "extended prompt caching at rest in the United Kingdom, pin unknown": ["within in_region +project_not_pinned"],
  "GPT-5.5 at rest in the United Kingdom caches so unasked": ["within in_region", "storage gb:C"],
  "a snapshot of a listed name that caches so unasked": ["outside observed model_not_eligible"],
  "GPT-5.5 in the Emirates, storage alone, a project that stores only": ["within in_region", "storage ae:C"],
  "GPT-5.5 in the Emirates, storage alone, pin unknown: what is cached needs one": ["within in_region +project_not_pinned"],
  "a policy that denies extended prompt caching denies models that always use it": ["within in_region"],
  "tracing in the United States, storage alone: nothing is stated": ["within in_region"],
  "an answer that was made at the same deployment": ["within permitted", "inference SE:B, storage SE:B"],
  "an answer whose birth was not recorded, at a deployment": ["unverifiable resource_birth_unknown", "inference SE:B, storage SE:B, handling SE:B"],
  "an answer that was made at a deployment in the United States": ["within permitted", "inference SE:B, storage SE:B"],
  "an answer that was made in OpenAI's United States, used at a deployment": ["within permitted", "storage SE:B"],
  "an answer that was made at a host without a promise, used at a deployment": ["within permitted", "storage SE:B"],
  "an answer made elsewhere and one of unknown birth, at a deployment: the first is enough": ["unverifiable resource_birth_unknown"],
  "an answer made elsewhere as a log tells, at a deployment": ["within permitted"],
  "an answer made elsewhere, and this one names a region that nobody knows": ["unverifiable provider_echo_mismatch"],
  "an answer made elsewhere, used at a host that an admin admitted": ["unverifiable evidence_too_weak"],
  "a file born elsewhere, used at a name of OpenAI's that nobody places: what is known counts": ["unverifiable host_unclassified", "storage ?"],
  "a tool that could not be read may be the one that the policy denies": ["within permitted"],
  "a tool that could not be read may have sent on, where nobody read the answer": ["within permitted"],
};

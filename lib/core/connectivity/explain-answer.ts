import type { Pin } from "../policies/policy.ts";
import type { ConnectivityStep, ExplainedStep } from "./explained-step.ts";

/** What came back through the gateway to one request. */
export type TestAnswer = {
  /** null: the gateway itself did not answer. */
  readonly status: number | null;
  /** To the head of the answer, and to its end. */
  readonly headMs: number;
  readonly ms: number;
  readonly errorCode: string | null;
  /** What the gateway itself says; null where the error is the provider's, whose texts are not repeated. */
  readonly gatewayMessage: string | null;
  /** Host that the provider named in `incorrect_hostname`. Recorded, never followed. */
  readonly suggestedHost: string | null;
};

export type TestPlace = {
  readonly host: string;
  /** "Europe (EEA and Switzerland)", "the global endpoint". */
  readonly place: string;
  /** A code, or `global`; null where the host is none of the catalog's. */
  readonly region: string | null;
  readonly model: string;
  /** null: a resource of another provider, which has no pin. */
  readonly pin: Pin | null;
  /** Hosts that the policy in force lets this tenant's calls go to. */
  readonly allowedHosts: readonly string[];
};

/** The key, by what the list of models was answered with. */
export function explainKey(answer: TestAnswer, place: TestPlace): ExplainedStep {
  if (!isGood(answer)) return explainError("key", answer, place);
  // The head says whether the key is taken; the rest of the answer is the list.
  const step = { step: "key", ms: answer.headMs, code: null } as const;
  const { pin, region, host } = place;
  const served = `${host} serves this key.`;
  if (pin === null) return { ...step, state: "ok", sentence: served, remedy: null };
  if (pin.kind === "unknown")
    return {
      ...step,
      state: "doubt",
      sentence: `${served} What its project is bound to is not recorded.`,
      remedy: "Probe or attest the pin under Settings, Tenants: whatever stores content needs it.",
    };
  if (pin.kind === "global")
    return {
      ...step,
      state: "ok",
      sentence: `${served} Its project is bound to no region, so the host of each call alone carries the promise.`,
      remedy: null,
    };
  if (pin.region !== region)
    return {
      ...step,
      state: "doubt",
      sentence: `${served} The recorded pin says ${pin.region?.toUpperCase() ?? "nothing"}, and a project bound there would have been refused here.`,
      remedy: "The recorded pin is wrong. Probe it again under Settings, Tenants.",
    };
  if (pin.kind === "storage_only")
    return {
      ...step,
      state: "doubt",
      sentence: `${served} Its project only stores in ${place.place}: content may be processed elsewhere.`,
      remedy: "For processing in the region, make a project that processes there, and store its key.",
    };
  return {
    ...step,
    state: "ok",
    sentence: `${served} Its project is bound to ${place.place}, as recorded.`,
    remedy: null,
  };
}

/** The list of models; null where the answer held none. */
export function explainModels(
  answer: TestAnswer,
  models: readonly string[] | null,
  place: TestPlace,
): ExplainedStep {
  const ms = Math.round((answer.ms - answer.headMs) * 10) / 10;
  const step = { step: "models", ms, code: null } as const;
  if (models === null)
    return {
      ...step,
      state: "failed",
      sentence: `${place.host} answered with something that is no list of models.`,
      remedy:
        "Something answers in the provider's place, or the host speaks another interface. Look at the call.",
    };
  if (models.includes(place.model))
    return {
      ...step,
      state: "ok",
      sentence: `${count(models.length)} offered here, ${place.model} among them.`,
      remedy: null,
    };
  return {
    ...step,
    state: "doubt",
    sentence: `${count(models.length)} offered here; ${place.model} is not among them by that name.`,
    remedy:
      "An undated name may still be answered by its newest snapshot. If the completion fails, choose a listed model.",
  };
}

export function explainCompletion(
  answer: TestAnswer,
  modelAnswered: string | null,
  place: TestPlace,
): ExplainedStep {
  if (!isGood(answer)) return explainError("completion", answer, place);
  const step = { step: "completion", ms: answer.ms } as const;
  if (modelAnswered === null)
    return {
      ...step,
      state: "failed",
      code: null,
      sentence: `${place.host} answered ${answer.status} with something that is no completion.`,
      remedy: "Something answers in the provider's place. Look at the call, and at what stands between.",
    };
  return {
    ...step,
    state: "ok",
    code: null,
    sentence:
      modelAnswered === place.model
        ? `${modelAnswered} answered through the gateway.`
        : `${modelAnswered} answered for ${place.model}, through the gateway.`,
    remedy: null,
  };
}

export function isGood({ status }: TestAnswer): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** An error of the gateway, or of the provider, in words. */
export function explainError(step: ConnectivityStep, answer: TestAnswer, place: TestPlace): ExplainedStep {
  const { status, errorCode, ms } = answer;
  const base = {
    step,
    state: "failed",
    ms,
    code: errorCode ?? (status === null ? null : String(status)),
  } as const;
  if (status === null)
    return {
      ...base,
      sentence: "The gateway did not answer.",
      remedy:
        "See whether the gateway process runs, and whether GATEWAY_URL of the web process is its address.",
    };
  if (answer.gatewayMessage !== null)
    return {
      ...base,
      sentence: answer.gatewayMessage,
      remedy: gatewayRemedies[errorCode ?? ""] ?? "docs/errors.md says what this code means.",
    };
  if (errorCode === "incorrect_hostname") return { ...base, ...wrongHost(answer, place) };
  const known = providerErrors[errorCode ?? ""] ?? byStatus(status);
  return { ...base, sentence: known.sentence(place), remedy: known.remedy };
}

function wrongHost({ suggestedHost }: TestAnswer, { host, place, allowedHosts }: TestPlace) {
  const sentence = `${host} knows the key, and its project is not set up for ${place}.`;
  if (suggestedHost === null)
    return {
      sentence,
      remedy: `Make a project for ${place} at the provider, and store its key. A project cannot be moved.`,
    };
  // The provider's word on where to go is repeated as advice only where the policy lets calls go there.
  return {
    sentence: `${sentence} The provider names ${suggestedHost}; it was not asked.`,
    remedy: allowedHosts.includes(suggestedHost)
      ? `If the project is meant to be at ${suggestedHost}, which the policy allows, give the key that host and test there. Otherwise make a project for ${place} and store its key.`
      : `The policy does not allow ${suggestedHost}: do not send there. Make a project for ${place} at the provider, and store its key.`,
  };
}

type Words = { readonly sentence: (place: TestPlace) => string; readonly remedy: string };

/** Codes that OpenAI puts into its errors. What is none of these is told by its status. */
const providerErrors: Readonly<Record<string, Words>> = {
  invalid_api_key: {
    sentence: ({ host }) => `${host} does not know the key.`,
    remedy: "It was revoked or mistyped. Replace the provider key under Settings, Tenants.",
  },
  model_not_found: {
    sentence: ({ host, model }) => `${host} offers no model ${model} to this project.`,
    remedy:
      "Choose one of the list, or let the project use it (Limits of the project at the provider). Regional hosts offer fewer models: see Models.",
  },
  insufficient_quota: {
    sentence: () => "The provider's organisation has no credit left.",
    remedy: "Add credit, or raise the project's budget at the provider. The way there is sound.",
  },
  rate_limit_exceeded: {
    sentence: () => "The provider's rate limit is reached.",
    remedy: "Test again in a minute. The way there is sound.",
  },
  unsupported_country_region_territory: {
    sentence: () => "The provider does not serve the place that the gateway calls from.",
    remedy: "Run the gateway where the provider serves.",
  },
  unsupported_value: {
    sentence: ({ model }) => `${model} does not take a plain completion like this test's.`,
    remedy: "Choose a chat model. The way there is sound.",
  },
};

function byStatus(status: number): Words {
  if (status === 401)
    return {
      sentence: ({ host }) => `${host} refuses the key.`,
      remedy:
        "Replace the provider key under Settings, Tenants, and see that it belongs to the right project.",
    };
  if (status === 403)
    return {
      sentence: ({ host }) => `${host} knows the key and forbids this with it.`,
      remedy: "Give the key the permissions to list models and to write completions, at the provider.",
    };
  if (status === 429)
    return {
      sentence: () => "The provider takes no more calls for now.",
      remedy: "Test again in a minute. The way there is sound.",
    };
  if (status >= 500)
    return {
      sentence: ({ host }) => `${host} failed by itself.`,
      remedy: "Look at the provider's status page, and test again.",
    };
  return {
    sentence: ({ host }) => `${host} did not accept the request.`,
    remedy: "Look at the call: its status and code are in the record.",
  };
}

const testAllowed = "Test a host that the policy allows, or change the policy under Settings, Policies.";

/** What to do about the gateway's own codes (`docs/errors.md`). */
const gatewayRemedies: Readonly<Record<string, string>> = {
  region_blocked: testAllowed,
  model_not_eligible: "Choose a model that the catalog lists for this region: see Models.",
  endpoint_not_eligible: testAllowed,
  pin_required: "Probe or attest the key's pin under Settings, Tenants.",
  unknown_target: testAllowed,
  no_provider_credential: "Store a provider key that may be sent to this host under Settings, Tenants.",
  simulated_key_refused: "Replace the key under Settings, Tenants: a live tenant needs a real one.",
  live_key_refused: "Replace the key under Settings, Tenants: a simulated tenant takes sk-sim- keys only.",
  evidence_unavailable: "See that the database is up and has room; nothing is sent that cannot be recorded.",
  policy_stale: "See that the gateway reaches the database.",
  policy_missing: "The tenant's policy is not in force yet. Test again in half a minute.",
  upstream_unreachable: "See the steps before this one.",
  upstream_failed:
    "The provider cut the connection. Test again; if it stays so, look at what stands between.",
  upstream_timeout: "The provider took too long. Test again, or choose a faster model.",
  upstream_redirect: "Something answers in the provider's place. Redirects are never followed.",
};

function count(models: number): string {
  return models === 1 ? "1 model is" : `${models} models are`;
}

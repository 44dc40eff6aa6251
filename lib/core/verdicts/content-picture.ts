import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallFacts } from "../calls/call-facts.ts";
import { storesContent } from "../calls/stores-content.ts";
import {
  assessContent,
  type ContentQuestion,
  cachesLong,
  type Shortfalls,
} from "../policies/assess-content.ts";
import { birthsAreReported } from "../policies/assess-objects.ts";
import { assessPin, policyAsksPlace } from "../policies/assess-pin.ts";
import { featuresInUse, lineQuestions } from "../policies/line-questions.ts";
import { type Pin, type Policy, unknownPin } from "../policies/policy.ts";
import { hasLocationRequirement } from "../policies/requirements.ts";
import type { Catalog, RegionRow } from "../regions/catalog.ts";
import type { ClassifiedHost } from "../regions/classify-host.ts";
import { findEndpoint, isEntryOnly, isSnapshotOfListed, readModelName } from "../regions/eligibility.ts";
import { findRegion } from "../regions/host-of-region.ts";
import { projectEcho } from "./project-echo.ts";
import { type JudgeVersion, judgeVersion, type Reason } from "./verdict.ts";

/** What content did at a provider's regional host, as far as the facts say. */
export type ContentInput = {
  readonly facts: CallFacts;
  readonly attempt: AttemptFacts;
  /** The attempt's host. */
  readonly host: ClassifiedHost;
  readonly catalog: Catalog;
  readonly pin: Pin;
  /** Version to judge by; absent: today's. */
  readonly byJudge?: JudgeVersion | undefined;
};

/** Shortfalls of a call against one policy, and which of them rest on what the project is pinned to. */
export type ContentShortfalls = Shortfalls & {
  readonly fromPin: { readonly adverse: Shortfalls["adverse"]; readonly open: Shortfalls["open"] };
  /** Adverse reasons that rest on a person's word or on a log alone, whatever our own socket saw. */
  readonly reportedOnly: readonly Reason[];
};

/** The region whose cells speak of the host; null: the global host, an admitted one, or one without a place. */
export function contentRegion({ host, catalog }: Pick<ContentInput, "host" | "catalog">): RegionRow | null {
  return host.class === "official" && host.region !== null ? findRegion(host.region, catalog) : null;
}

/**
 * Holds what the call did against the policy. `region` null: the global host, or one accepted like it.
 * `births`: whether those of the stored objects are held against it too.
 */
export function contentShortfalls(
  input: ContentInput,
  policy: Policy,
  region: RegionRow | null,
  births: "counted" | "apart" = "counted",
): ContentShortfalls {
  const { facts, attempt, catalog, pin } = input;
  const used = featuresInUse(facts.featuresOffered, facts.featuresUsed, catalog);
  // The answer names the snapshot; an alias that was asked for does not.
  const model = facts.modelAnswered ?? facts.modelRequested;
  const question = {
    policy,
    catalog,
    region,
    endpoint: facts.endpoint,
    model,
    listedAs: listedAs(input),
    byJudge: input.byJudge,
    // The models of a batch are named by its lines, where those were read.
    runsModel: facts.requestBody !== "none" && (facts.batchLines === undefined || model !== null),
    serviceTier: facts.serviceTier,
    ...(births === "counted"
      ? { storedStateRefs: facts.storedStateRefs, objectsUsed: facts.objectsUsed }
      : {}),
  };
  const itself = assessContent({ ...question, features: used });
  const forbidden = [...itself.forbidden];
  const adverse = [...itself.adverse];
  const open = [...itself.open];
  for (const { seen } of lineQuestions(facts, question)) {
    const line = assessContent(seen);
    forbidden.push(...line.forbidden);
    adverse.push(...line.adverse);
    open.push(...line.open);
  }
  if (hidesUse(facts, question, used)) open.push("content_path_not_observed");
  const endpoint = findEndpoint(facts.endpoint, catalog);
  // A JSON request that was not read may have asked for anything the endpoint can keep or show.
  if (region !== null && facts.requestBody === "unread" && endpoint?.storesState === "conditional") {
    open.push("content_path_not_observed");
  }
  const asksPlace = region !== null && hasLocationRequirement(policy);
  // A value that is there and could not be read may have asked for anything.
  if (asksPlace && (facts.unreadable ?? []).length > 0) open.push("content_path_not_observed");
  else if ((input.byJudge ?? judgeVersion) >= 3 && hidesTools(facts, policy))
    open.push("content_path_not_observed");
  // In the provider's list of error codes; what sets it off is not documented (OpenAI API description, 2026-08-21).
  if (asksPlace && attempt.errorCode === "data_residency_mismatch") open.push("provider_echo_mismatch");
  const caches = cachesLong({ ...question, features: used });
  const fromPin = region === null ? { adverse: [], open: [] } : pinShortfalls(input, policy, region, caches);
  const attested = pin.source !== "admin_api" && pin.source !== "probe";
  const reportedOnly: Reason[] = attested ? [...fromPin.adverse] : [];
  if (adverse.includes("resource_born_elsewhere") && birthsAreReported(question)) {
    reportedOnly.push("resource_born_elsewhere");
  }
  return { forbidden, adverse, open, fromPin, reportedOnly };
}

/** False where nobody read which model ran, or none did. */
export function namesModel({ modelAnswered, modelRequested, batchLines = [] }: CallFacts): boolean {
  return (modelAnswered ?? modelRequested) !== null || batchLines.length > 0;
}

/** The listed name that was asked for, where what answered is a snapshot of it without a row of its own. */
function listedAs({ facts, catalog, byJudge = judgeVersion }: ContentInput): string | null {
  const { modelRequested: asked, modelAnswered: answered } = facts;
  if (byJudge < 3 || asked === null || answered === null) return null;
  if (readModelName(answered, catalog).kind === "listed") return null;
  return isSnapshotOfListed(answered, asked, catalog) ? asked : null;
}

/**
 * What the pin lacks. An answer that names another project than the pin's speaks against the pin: it clears
 * nothing then, and what it counts against the call it goes on counting.
 */
function pinShortfalls(
  input: ContentInput,
  policy: Policy,
  region: RegionRow,
  cachesLong: boolean,
): ContentShortfalls["fromPin"] {
  const { facts, attempt, catalog, pin, host } = input;
  const endpoint = findEndpoint(facts.endpoint, catalog);
  const stores = storesContent(endpoint, facts);
  const entryOnly = isEntryOnly(host.host, catalog);
  const question = { policy, region, endpoint, stores, cachesLong, entryOnly };
  const stated = assessPin({ ...question, pin });
  if (projectEcho(attempt, pin) !== "differs" || !policyAsksPlace(policy)) return stated;
  const blank = assessPin({ ...question, pin: unknownPin });
  return { adverse: stated.adverse, open: [...blank.open, "provider_echo_mismatch"] };
}

/**
 * True when the provider says that the project behind the key is not set up for this host: it served nothing.
 * Of the right host this is a matter of configuration. No other status says what became of the content.
 */
export function isNotSetUp({ status, errorCode }: AttemptFacts): boolean {
  return status === 401 && errorCode === "incorrect_hostname";
}

/** True when the request left, at least in part, and nobody saw the provider answer it. */
export function hasNoAnswer({ progress, status }: AttemptFacts): boolean {
  if (progress === "refused" || progress === "not_sent") return false;
  return progress === "unknown" || status === null;
}

/**
 * True when a tool that was offered may have been used unseen, and its use would matter: the answer was not
 * read to its end, or it is the answer to a line of a batch, which comes later.
 */
function hidesUse(facts: CallFacts, question: Unfeatured, used: readonly string[]): boolean {
  const lines = lineQuestions(facts, question).some(({ seen, feared }) => worsens(seen, feared));
  if (lines || facts.responseBody === "read" || facts.featuresOffered.length === 0) return lines;
  const seen = { ...question, features: used };
  return worsens(seen, { ...seen, features: [...used, ...facts.featuresOffered] });
}

/** True when a tool that could not be read, or found no place, may be one that the policy denies, or a third party's in use. */
function hidesTools({ unreadable = [], responseBody }: CallFacts, policy: Policy): boolean {
  if (!unreadable.some((name) => name === "tools" || name === "input")) return false;
  return policy.deniedFeatures.length > 0 || (responseBody !== "read" && hasLocationRequirement(policy));
}

type Unfeatured = Omit<ContentQuestion, "features">;

function worsens(seen: ContentQuestion, feared: ContentQuestion): boolean {
  return (
    feared.features.length > seen.features.length && size(assessContent(feared)) > size(assessContent(seen))
  );
}

function size(shortfalls: Shortfalls): number {
  return shortfalls.forbidden.length + shortfalls.adverse.length + shortfalls.open.length;
}

import type { UsedObject } from "../calls/provider-object.ts";
import type { Catalog, CellState, EndpointRow, FeatureRow, RegionRow } from "../regions/catalog.ts";
import {
  extendedCaching,
  featuresOfModel,
  findEndpoint,
  findFeature,
  isSnapshotOf,
  modelProcessing,
  modelStorage,
  readModelName,
  takesModel,
  tierEligibility,
} from "../regions/eligibility.ts";
import { type JudgeVersion, judgeVersion, type Reason } from "../verdicts/verdict.ts";
import { assessObjects } from "./assess-objects.ts";
import type { Policy } from "./policy.ts";
import { deniesFeature, hasLocationRequirement, restricts } from "./requirements.ts";

export type ContentQuestion = {
  readonly policy: Policy;
  readonly catalog: Catalog;
  /** null: the global host, for which the catalog promises no place. */
  readonly region: RegionRow | null;
  readonly endpoint: string | null;
  /** The model that answered; before the call, the one asked for. */
  readonly model: string | null;
  /** The listed name that the answer is a snapshot of and has no row beside; absent or null: the model's own row counts. */
  readonly listedAs?: string | null | undefined;
  /** False for requests that run no model: reading or deleting a stored object. */
  readonly runsModel: boolean;
  /** Feature ids in use; before the call, those offered. */
  readonly features: readonly string[];
  readonly serviceTier: string | null;
  /** Fields by which the request uses stored objects. */
  readonly storedStateRefs?: readonly string[] | undefined;
  /** Those objects, with where they were born; absent: nobody looked. */
  readonly objectsUsed?: readonly UsedObject[] | undefined;
  /** Version to judge by; absent: today's. */
  readonly byJudge?: JudgeVersion | undefined;
};

/** `adverse`: the catalog or the policy says no. `open`: nobody we can cite says. */
export type Shortfalls = {
  /** Against what the policy says of models and features, whatever the place. */
  readonly forbidden: readonly Reason[];
  readonly adverse: readonly Reason[];
  readonly open: readonly Reason[];
};

/** Holds an endpoint, model, features and tier against the catalog's cells for the claims a policy restricts. */
export function assessContent(asked: ContentQuestion): Shortfalls {
  const question = withFeaturesOfModel(asked);
  const adverse: Reason[] = [];
  const open: Reason[] = [];
  const note = (state: CellState, reason: Reason) => {
    if (state === "no" || state === "unlisted") adverse.push(reason);
    if (state === "unknown") open.push("scope_unknown");
  };
  assessThirdParties(question, open);
  if (question.region !== null) {
    assessEndpoint(question, question.region, { adverse, open, note });
    assessFeatures(question, question.region, { open, note });
  }
  // Births count wherever content goes: at a deployment or an admitted host, too, of which no cell speaks.
  if (question.region !== null || (isFrom(3, question) && !question.policy.global.allowed)) {
    const objects = assessObjects(question);
    adverse.push(...objects.adverse);
    open.push(...objects.open);
  }
  return { forbidden: forbiddenByPolicy(question, open), adverse, open };
}

/** With what the model uses unasked. */
function withFeaturesOfModel(question: ContentQuestion): ContentQuestion {
  const always = isFrom(3, question) ? featuresOfRun(question) : [];
  if (always.length === 0) return question;
  return { ...question, features: [...new Set([...question.features, ...always])] };
}

function featuresOfRun({ model, listedAs, runsModel, catalog }: ContentQuestion): readonly string[] {
  const named = listedAs ?? model;
  return named === null || !runsModel ? [] : featuresOfModel(named, catalog).map(({ id }) => id);
}

/** True when the call leaves more of a prompt where inference runs than memory holds, asked to or not. */
export function cachesLong(question: ContentQuestion): boolean {
  return isFrom(3, question) && withFeaturesOfModel(question).features.includes(extendedCaching);
}

/** True for a version of the judge and all later ones. */
function isFrom(
  version: JudgeVersion,
  { byJudge = judgeVersion }: Pick<ContentQuestion, "byJudge">,
): boolean {
  return byJudge >= version;
}

type Sink = {
  readonly adverse: Reason[];
  readonly open: Reason[];
  readonly note: (state: CellState, reason: Reason) => void;
};

function assessEndpoint(question: ContentQuestion, region: RegionRow, sink: Sink): void {
  const { policy, catalog } = question;
  const endpoint = findEndpoint(question.endpoint, catalog);
  if (endpoint === null) {
    if (bindsContent(policy)) sink.open.push("endpoint_unlisted");
    return;
  }
  if (restricts(policy, "inference") && endpoint.processes !== "handling") {
    if (region.processing.state === "no") sink.adverse.push("storage_only_region");
    else {
      sink.note(cellOf(endpoint.processing, region), "endpoint_not_eligible");
      assessModel(question, endpoint, region, sink, modelProcessing);
      assessTier(question, region, sink);
    }
  }
  if (restricts(policy, "handling") && endpoint.processes !== "inference") {
    sink.note(cellOf(endpoint.processing, region), "no_regional_handling");
  }
  if (restricts(policy, "storage")) {
    sink.note(cellOf(endpoint.storage, region), "endpoint_not_eligible");
    assessModel(question, endpoint, region, sink, modelStorage);
  }
}

function assessModel(
  question: ContentQuestion,
  endpoint: EndpointRow,
  region: RegionRow,
  sink: Sink,
  stateOf: typeof modelProcessing,
): void {
  const { runsModel, catalog } = question;
  const model = question.listedAs ?? question.model;
  if (!runsModel || !takesModel(endpoint.path, catalog)) return;
  const untold = isAlias(model, catalog);
  // Batches and fine-tuning name their models inside files, which are not read.
  const unasked = model === null || (untold && !isFrom(3, question));
  const state = unasked ? "unknown" : stateOf(model, endpoint, region.code, catalog);
  if (state !== "unknown") sink.note(state, "model_not_eligible");
  else sink.open.push(untold ? "content_path_not_observed" : "scope_unknown");
}

/** No name, or one that stands for a snapshot we were not told of: seeing the answer would settle it. */
function isAlias(model: string | null, catalog: Catalog): boolean {
  return model === null || readModelName(model, catalog).kind === "alias";
}

function assessTier(question: ContentQuestion, region: RegionRow, sink: Sink): void {
  const { serviceTier, catalog } = question;
  const model = question.listedAs ?? question.model;
  if (model === null) return;
  const tier = tierEligibility(model, serviceTier, region.code, catalog);
  if (tier === "excluded") sink.adverse.push("service_tier_not_eligible");
  if (tier === "unknown") sink.open.push("content_path_not_observed");
}

function assessFeatures(
  question: ContentQuestion,
  region: RegionRow,
  sink: Pick<Sink, "open" | "note">,
): void {
  const { policy } = question;
  for (const id of question.features) {
    const row = findFeature(id, question.catalog);
    if (row === null) {
      if (id !== extendedCaching && restricts(policy, "inference")) sink.open.push("scope_unknown");
      continue;
    }
    if (restricts(policy, row.processes) && region.processing.state !== "no") {
      sink.note(cellOf(row.processing, region), reasonOf(row));
    } else if (row.processes === "handling" && restricts(policy, "handling")) {
      sink.note("no", reasonOf(row));
    }
    // What a row does not say of storage, the endpoint's says.
    const stored = row.storage[region.code];
    if (stored !== undefined && restricts(policy, "storage") && isFrom(3, question)) {
      sink.note(stored.state, reasonOf(row));
    }
  }
}

function reasonOf(row: FeatureRow): Reason {
  return row.processes === "handling" ? "no_regional_handling" : "feature_out_of_region";
}

/** Nobody promises where a third party is, so a requirement of place can be neither met nor broken. */
function assessThirdParties({ policy, features, catalog }: ContentQuestion, open: Reason[]): void {
  const leaves = features.some((id) => findFeature(id, catalog)?.thirdParty === true);
  if (leaves && hasLocationRequirement(policy)) open.push("third_party_tool");
}

function forbiddenByPolicy(question: ContentQuestion, open: Reason[]): Reason[] {
  const { policy, model, runsModel, features } = question;
  const forbidden: Reason[] = [];
  if (policy.models !== "any" && runsModel) {
    if (model === null) open.push("content_path_not_observed");
    else {
      const names = namesOf(model, question);
      const allows = (allowed: string) =>
        names.some((name) => name === allowed || isSnapshotOf(name, allowed));
      if (!policy.models.some(allows)) forbidden.push("model_not_eligible");
    }
  }
  if (features.some((id) => deniesFeature(policy, id))) forbidden.push("feature_out_of_region");
  return forbidden;
}

/** The names by which a policy may allow a model: its own, the one it is listed under, and the one it is recorded to stand for. */
function namesOf(model: string, question: ContentQuestion): readonly string[] {
  if (!isFrom(3, question)) return [model];
  const { listedAs, catalog } = question;
  const name = readModelName(model, catalog);
  return [model, ...(listedAs ? [listedAs] : []), ...(name.kind === "listed" ? [name.row.id] : [])];
}

function bindsContent(policy: Policy): boolean {
  return restricts(policy, "inference") || restricts(policy, "handling") || restricts(policy, "storage");
}

function cellOf(cells: EndpointRow["processing"], region: RegionRow): CellState {
  return cells[region.code]?.state ?? "unknown";
}

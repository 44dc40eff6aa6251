import type { Catalog, Cell, RegionRow } from "../regions/catalog.ts";
import {
  findEndpoint,
  isSnapshotOf,
  modelProcessing,
  modelStorage,
  readModelName,
} from "../regions/eligibility.ts";
import type { Policy } from "./policy.ts";
import { restricts } from "./requirements.ts";

export type ModelQuestion = {
  readonly policy: Policy;
  readonly catalog: Catalog;
  readonly endpoint: string | null;
  readonly model: string | null;
  /** RFC 3339 UTC: what has ended by then is no alternative. */
  readonly at: string;
};

const alternativesMax = 3;

/**
 * Why a model is not sent to a region: what the catalog says, in which version, by which source and date, and which
 * models it lists there instead. null where the catalog does not object.
 */
export function modelRefusal(question: ModelQuestion, region: RegionRow): string | null {
  const { policy, catalog, model } = question;
  const endpoint = findEndpoint(question.endpoint, catalog);
  if (model === null || endpoint === null) return null;
  const claim = (["inference", "storage"] as const).find((each) => {
    if (!restricts(policy, each)) return false;
    const stateOf = each === "inference" ? modelProcessing : modelStorage;
    const state = stateOf(model, endpoint, region.code, catalog);
    return state === "no" || state === "unlisted";
  });
  if (claim === undefined) return null;
  const what = claim === "inference" ? "inference" : "storage";
  const place = region.name;
  const others = alternatives(question, region);
  const listed =
    others.length === 0
      ? "The catalog lists no alternative there."
      : `Listed ${others.length === 1 ? "alternative" : "alternatives"}: ${others.join(", ")}.`;
  return `${model} is not listed for ${what} in ${place} as of catalog ${catalog.version}${basisOf(question, region, claim)}. ${listed} Nothing was sent.`;
}

/** Models listed for the region through the endpoint that the policy allows and that have not ended, likest names first. */
function alternatives(question: ModelQuestion, region: RegionRow): string[] {
  const { policy, catalog, model, at } = question;
  const endpoint = findEndpoint(question.endpoint, catalog);
  if (model === null || endpoint === null) return [];
  const day = at.slice(0, 10);
  return catalog.models
    .filter(({ id, shutdown }) => id !== model && (shutdown === null || shutdown.on > day))
    .filter(
      ({ id }) =>
        policy.models === "any" || policy.models.some((each) => id === each || isSnapshotOf(id, each)),
    )
    .filter(
      ({ id }) =>
        (!restricts(policy, "inference") || modelProcessing(id, endpoint, region.code, catalog) === "yes") &&
        (!restricts(policy, "storage") || modelStorage(id, endpoint, region.code, catalog) === "yes"),
    )
    .map(({ id }) => ({ id, likeness: sharedStart(id, model) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, alternativesMax)
    .map(({ id }) => id);
}

/** "(source, date)" of the cell that objects; of the closed table where the model has no row in it. */
function basisOf(
  { catalog, endpoint, model }: ModelQuestion,
  region: RegionRow,
  claim: "inference" | "storage",
): string {
  const name = readModelName(model ?? "", catalog);
  const cells = claim === "inference" ? "processing" : "storage";
  const own = name.kind === "listed" ? name.row[cells][region.code] : undefined;
  const cell: Cell | undefined = own ?? findEndpoint(endpoint, catalog)?.[cells][region.code];
  if (cell === undefined) return "";
  const source = catalog.sources.find(({ id }) => id === cell.sourceId);
  return ` (${source?.title ?? cell.sourceId}; ${cell.asOf})`;
}

function sharedStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at;
}

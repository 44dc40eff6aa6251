import type { CallFacts } from "../calls/call-facts.ts";
import type { Catalog } from "../regions/catalog.ts";
import { findFeature } from "../regions/eligibility.ts";
import type { ContentQuestion } from "./assess-content.ts";

/** One thing the lines of a batch ask, by what is certain and by what they may have used unseen. */
export type LineQuestion = { readonly seen: ContentQuestion; readonly feared: ContentQuestion };

/**
 * What the lines of a batch ask: each group through its own endpoint, and its model through the batch. Lines
 * run in the batch tier. None where the call is no batch, or nobody read its file.
 */
export function lineQuestions(
  { batchLines }: Pick<CallFacts, "batchLines">,
  question: Omit<ContentQuestion, "features">,
): readonly LineQuestion[] {
  if (batchLines === undefined) return none;
  return batchLines.flatMap(({ endpoint, model, features }) => {
    const used = featuresInUse(features, [], question.catalog);
    const line = { ...question, model, listedAs: null, runsModel: true, serviceTier: "batch" };
    return [
      { seen: { ...line, endpoint, features: used }, feared: { ...line, endpoint, features } },
      { seen: { ...line, features: [] }, feared: { ...line, features: [] } },
    ];
  });
}

const none: readonly LineQuestion[] = [];

/** Tools the answer shows, and features that are used by being asked for. */
export function featuresInUse(
  offered: readonly string[],
  used: readonly string[],
  catalog: Catalog,
): readonly string[] {
  if (offered.length === 0) return used;
  const asked = offered.filter((id) => findFeature(id, catalog)?.usedWhenRequested === true);
  return [...new Set([...used, ...asked])];
}

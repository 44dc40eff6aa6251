import type { Catalog, Cell, CellState, ModelRow, RegionCode } from "./catalog.ts";
import type { CellClaim } from "./catalog-tables.ts";
import {
  featuresOfModel,
  findEndpoint,
  findFeature,
  modelProcessing,
  modelStorage,
  readModelName,
  stateOfName,
} from "./eligibility.ts";

export type MatrixQuestion = {
  readonly model: string;
  readonly region: RegionCode;
  readonly claim: CellClaim;
  /** null: through any endpoint. */
  readonly endpoint: string | null;
  /** null: without a feature. */
  readonly feature: string | null;
};

/** One statement that the answer rests on. */
export type MatrixPart = {
  readonly what: "model" | "endpoint" | "feature";
  readonly name: string;
  readonly cell: Cell | null;
};

export type MatrixAnswer = {
  readonly state: CellState;
  readonly parts: readonly MatrixPart[];
  /** What narrows a yes, or explains the rest, one sentence each. */
  readonly caveats: readonly string[];
};

/** Whether the catalog lists the model there, through the endpoint and with the feature, and on what that rests. */
export function matrixCell(question: MatrixQuestion, catalog: Catalog): MatrixAnswer {
  const { model, region, claim } = question;
  const name = readModelName(model, catalog);
  const row = name.kind === "listed" ? name.row : null;
  const endpoint = findEndpoint(question.endpoint, catalog);
  const feature = question.feature === null ? null : findFeature(question.feature, catalog);
  const part = (id: string, of: ModelRow | null): MatrixPart => ({
    what: "model",
    name: id,
    cell: of?.[claim][region] ?? null,
  });
  const parts = name.kind === "alias" ? name.snapshots.map((of) => part(of.id, of)) : [part(model, row)];
  const states: CellState[] = [];
  const caveats: string[] = [];
  if (endpoint === null) {
    states.push(stateOfName(model, catalog, (of) => of[claim][region]?.state ?? "unknown"));
    const narrowed = catalog.endpoints.filter(
      ({ path, processingModels }) =>
        claim === "processing" &&
        row?.endpoints.includes(path) &&
        processingModels[region]?.includes(row.id) === false,
    );
    if (narrowed.length > 0)
      caveats.push(
        `Not through ${narrowed.map(({ path }) => path).join(", ")}: a closed list names other models.`,
      );
  } else {
    const stateOf = claim === "processing" ? modelProcessing : modelStorage;
    states.push(stateOf(model, endpoint, region, catalog), endpoint[claim][region]?.state ?? "unknown");
    parts.push({ what: "endpoint", name: endpoint.path, cell: endpoint[claim][region] ?? null });
    if (row && !row.endpoints.includes(endpoint.path))
      caveats.push(`The model is not listed for ${endpoint.path}.`);
    else if (row && claim === "processing" && endpoint.processingModels[region]?.includes(row.id) === false)
      caveats.push(`A closed list of ${endpoint.path} names other models for this region.`);
  }
  if (feature !== null) {
    states.push(feature[claim][region]?.state ?? "unknown");
    parts.push({ what: "feature", name: feature.title, cell: feature[claim][region] ?? null });
    if (feature.thirdParty) caveats.push("Content leaves to a third party, whose place nobody promises.");
  }
  for (const always of featuresOfModel(model, catalog)) {
    const cell = always[claim][region];
    if (cell === undefined || cell.state === "yes" || always.id === feature?.id) continue;
    states.push(cell.state);
    parts.push({ what: "feature", name: always.title, cell });
    caveats.push(`Uses ${lower(always.title)} whether or not the request asks for it.`);
  }
  if (name.kind === "alias")
    caveats.push(
      states[0] === "unknown"
        ? "An undated name: which snapshot answers is known from the answer alone."
        : "An undated name, and no listed snapshot of it is eligible, so whatever answers is not.",
    );
  if (name.kind === "fine_tuned") caveats.push("A fine-tuned model has no row of its own.");
  const tiers = row?.excludedTiers[region] ?? [];
  if (claim === "processing" && tiers.length > 0) caveats.push(`Not with service tier ${tiers.join(", ")}.`);
  return { state: worst(states), parts, caveats };
}

function lower(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

const order: readonly CellState[] = ["no", "unlisted", "unknown", "yes"];

function worst(states: readonly CellState[]): CellState {
  return order.find((state) => states.includes(state)) ?? "unknown";
}

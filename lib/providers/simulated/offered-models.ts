import type { ModelRow } from "../../core/regions/catalog.ts";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";

/** Models under `sim-` make the provider misbehave; see `faults.ts`. Every host offers them. */
const faultPrefix = "sim-";

/**
 * The model that answers when `model` is asked for on a host of `region`, or null when it offers none.
 * An undated name is answered by its newest dated snapshot, as OpenAI does.
 */
export function answeringModel(model: string, region: string | null): string | null {
  if (model.startsWith(faultPrefix)) return model;
  return offerOf(region).answering.get(model) ?? null;
}

/** Ids a host lists: what its region processes; everything where it promises no place or only storage. */
export function offeredModels(region: string | null): readonly string[] {
  return offerOf(region).ids;
}

type Offer = { readonly ids: readonly string[]; readonly answering: ReadonlyMap<string, string> };

const offers = new Map<string | null, Offer>();

function offerOf(region: string | null): Offer {
  const known = offers.get(region);
  if (known) return known;
  const row = openaiCatalog.regions.find(({ code }) => code === region);
  const narrowed = row !== undefined && row.processing.state === "yes" && row.scopeKnown;
  const ids = openaiCatalog.models
    .filter((model) => !narrowed || processes(model, row.code))
    .map((model) => model.id);
  // The newest snapshot comes last and wins its undated name; a listed name answers for itself.
  const answering = new Map([
    ...ids.toSorted().map((id): [string, string] => [withoutDate(id), id]),
    ...ids.map((id): [string, string] => [id, id]),
  ]);
  const offer = { ids, answering };
  offers.set(region, offer);
  return offer;
}

/** Body of `GET /v1/models`. */
export function modelList(region: string | null): unknown {
  return { object: "list", data: offeredModels(region).map(modelObject) };
}

export function modelObject(id: string): unknown {
  return { id, object: "model", created: createdAt(id), owned_by: "system" };
}

function processes(model: ModelRow, region: string): boolean {
  return model.processing[region]?.state === "yes";
}

const dated = /-(\d{4})-(\d{2})-(\d{2})$/;

function withoutDate(id: string): string {
  return id.replace(dated, "");
}

function createdAt(id: string): number {
  const date = dated.exec(id);
  return date ? Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3])) / 1000 : 1_750_000_000;
}

import { asArray, asToken, field } from "./json-fields.ts";
import { modelCharsMax } from "./unreadable-fields.ts";

/** A model as the provider lists it to the key that asked. */
export type ListedModel = {
  readonly id: string;
  /** UTC day of `shutdown_date`; null where the provider announces none. */
  readonly shutdownOn: string | null;
};

/** More names than any provider lists; what is beyond makes the list unreadable rather than short. */
const modelsMax = 5_000;

/**
 * The models of an answer to `GET /v1/models`, sorted by name, each once; null where it is no such list. Trust: `json` is
 * what the peer sent; a list with a name that cannot be read is no list, since what is absent would mean something.
 */
export function readModelList(json: unknown): readonly ListedModel[] | null {
  const data = field(json, "data");
  if (field(json, "object") !== "list" || !Array.isArray(data) || data.length > modelsMax) return null;
  const models = new Map<string, ListedModel>();
  for (const item of asArray(data)) {
    const id = asToken(field(item, "id"), modelCharsMax);
    if (id === null) return null;
    models.set(id, { id, shutdownOn: dayOf(field(item, "shutdown_date")) });
  }
  return [...models.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function dayOf(value: unknown): string | null {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
}

/** What became of a list since the one before. */
export type ListingChange = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Names whose announced end is another one than before. */
  readonly shutdowns: readonly string[];
};

export function compareListings(
  before: readonly ListedModel[],
  after: readonly ListedModel[],
): ListingChange {
  const ends = new Map(before.map(({ id, shutdownOn }) => [id, shutdownOn]));
  const now = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !ends.has(id)).map(({ id }) => id),
    removed: before.filter(({ id }) => !now.has(id)).map(({ id }) => id),
    shutdowns: after
      .filter(({ id, shutdownOn }) => ends.has(id) && ends.get(id) !== shutdownOn)
      .map(({ id }) => id),
  };
}

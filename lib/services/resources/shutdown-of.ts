import type { ResourceShutdown } from "../../contracts/resources.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { findEndpoint, readModelName } from "../../core/regions/eligibility.ts";
import { endpointOfKind } from "./retention-of.ts";

/** What the catalog says of the end of the model or surface that an object needs to be of use. */
export function shutdownOf(kind: string, id: string, catalog: Catalog): ResourceShutdown {
  const row = kind === "model" ? baseModel(id, catalog) : surface(kind, catalog);
  if (row === null) return { kind: "unknown" };
  const { of, shutdown } = row;
  return shutdown === null
    ? { kind: "none_announced", of }
    : { kind: "announced", on: shutdown.on, of, replacement: shutdown.replacement };
}

function surface(kind: string, catalog: Catalog) {
  const row = findEndpoint(endpointOfKind(kind), catalog);
  return row && { of: row.path, shutdown: row.shutdown };
}

/** A fine-tuned model ends with the model it was tuned from: `ft:<base>:<organization>:<name>:<id>`. */
function baseModel(id: string, catalog: Catalog) {
  const base = /^ft:([^:]+):/.exec(id)?.[1];
  const name = base === undefined ? null : readModelName(base, catalog);
  return name?.kind === "listed" ? { of: name.row.id, shutdown: name.row.shutdown } : null;
}

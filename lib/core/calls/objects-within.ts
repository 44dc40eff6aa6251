import { asObject, type JsonObject } from "./json-fields.ts";

export type ObjectsFound = {
  readonly objects: readonly JsonObject[];
  /** False where the bounds cut the search: then nothing may be concluded from what was not found. */
  readonly whole: boolean;
};

/**
 * Every object in these values, however deep a request may nest it. Trust: the values are a client's, so
 * depth and number are bounded and nothing recurses.
 */
export function objectsWithin(roots: readonly unknown[]): ObjectsFound {
  const objects: JsonObject[] = [];
  let level: object[] = roots.filter(isContainer);
  let seen = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length;
    if (depth >= depthMax || seen > containersMax) return { objects, whole: false };
    const next: object[] = [];
    for (const container of level) {
      const object = asObject(container);
      if (object !== null) objects.push(object);
      for (const value of Object.values(container)) if (isContainer(value)) next.push(value);
    }
    level = next;
  }
  return { objects, whole: true };
}

const depthMax = 24;
const containersMax = 200_000;

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

import type { CallFacts } from "../calls/call-facts.ts";
import type { ObjectBirth, ObjectRef } from "../calls/provider-object.ts";

/** The facts with the births of the objects they use, as far as `birthOf` knows them when the call is judged. */
export function withBirths(facts: CallFacts, birthOf: (object: ObjectRef) => ObjectBirth | null): CallFacts {
  const { objectsUsed } = facts;
  if (objectsUsed === undefined || objectsUsed.length === 0) return facts;
  return {
    ...facts,
    objectsUsed: objectsUsed.map(({ kind, id }) => ({ kind, id, birth: birthOf({ kind, id }) })),
  };
}

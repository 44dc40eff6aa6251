import { EntryError } from "./entry.ts";
import { asMembers, type CanonicalObject } from "./field-codec.ts";

/** Versions of the facts of a call's entry, oldest first. A program writes the newest and reads them all. */
export type FactsVersion = 1 | 2;

/** What `facts_v` 2 brought. Entries of `facts_v` 1 have none of these members. */
const body2 = ["finish_reason", "gap"] as const;
const facts2 = ["tool_hosts"] as const;

/** A body of `facts_v` 2 as `facts_v` 1 said it. */
export function asFacts1(body: CanonicalObject): CanonicalObject {
  const { finish_reason: _finish, gap: _gap, ...rest } = body;
  const { tool_hosts: _hosts, ...facts } = asMembers(rest.facts ?? null, "body.facts");
  return { ...rest, facts, facts_v: 1 };
}

/**
 * A body of `facts_v` 1 in the members of `facts_v` 2: nobody had looked for what those say. Throws EntryError for one
 * that says it nevertheless.
 */
export function fromFacts1(body: CanonicalObject): CanonicalObject {
  const facts = asMembers(body.facts ?? null, "body.facts");
  for (const [members, names, place] of [
    [body, body2, "body"],
    [facts, facts2, "body.facts"],
  ] as const)
    for (const name of names)
      if (Object.hasOwn(members, name))
        throw new EntryError(`${place}.${name}`, "is no member of facts_v 1.");
  return { ...body, finish_reason: null, gap: null, facts: { ...facts, tool_hosts: null } };
}

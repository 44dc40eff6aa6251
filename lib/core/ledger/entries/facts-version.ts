import { EntryError } from "./entry.ts";
import { asMembers, type CanonicalObject } from "./field-codec.ts";

/** Versions of the facts of a call's entry, oldest first. A program writes the newest and reads them all. */
export const factsVersions = [1, 2, 3, 4] as const;
export type FactsVersion = (typeof factsVersions)[number];

/** The version that is written. */
export const factsVersion = 4;

type Earlier = Exclude<FactsVersion, typeof factsVersion>;

/** What each version brought, in the body and in its facts. Entries of an earlier one have none of these members. */
const brought: Readonly<
  Record<Exclude<FactsVersion, 1>, { readonly body: readonly string[]; readonly facts: readonly string[] }>
> = {
  2: { body: ["finish_reason", "gap"], facts: ["tool_hosts"] },
  3: { body: [], facts: ["deployment"] },
  4: { body: ["reported", "trace_id"], facts: [] },
};

/** A body of the newest facts as an earlier version said it. */
export function asEarlierFacts(body: CanonicalObject, version: Earlier): CanonicalObject {
  const later = since(version);
  const facts = without(asMembers(body.facts ?? null, "body.facts"), later.facts);
  return { ...without(body, later.body), facts, facts_v: version };
}

/**
 * A body of earlier facts in the members of the newest: nobody had looked for what those say. Throws EntryError for one
 * that says it nevertheless.
 */
export function fromEarlierFacts(body: CanonicalObject, version: Earlier): CanonicalObject {
  const facts = asMembers(body.facts ?? null, "body.facts");
  const later = since(version);
  for (const [members, names, place] of [
    [body, later.body, "body"],
    [facts, later.facts, "body.facts"],
  ] as const)
    for (const name of names)
      if (Object.hasOwn(members, name))
        throw new EntryError(`${place}.${name}`, `is no member of facts_v ${version}.`);
  return { ...body, ...unsaid(later.body), facts: { ...facts, ...unsaid(later.facts) } };
}

export function isEarlierFacts(version: unknown): version is Earlier {
  return version !== factsVersion && factsVersions.some((known) => known === version);
}

function since(version: Earlier) {
  const later = ([2, 3, 4] as const).filter((each) => each > version).map((each) => brought[each]);
  return { body: later.flatMap(({ body }) => body), facts: later.flatMap(({ facts }) => facts) };
}

function without(members: CanonicalObject, names: readonly string[]): CanonicalObject {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

function unsaid(names: readonly string[]): CanonicalObject {
  return Object.fromEntries(names.map((name) => [name, null]));
}

import type { FixedMethod } from "../../contracts/restatements.ts";

type StoredFilter = {
  readonly hosts: readonly string[];
  readonly models: readonly string[];
  readonly applications: readonly string[];
  readonly applicationIds: readonly string[] | null;
};

/** What is stored of a scope. It was checked when it was written, and is never changed. */
export function readFilter(stored: unknown): StoredFilter {
  return stored as StoredFilter;
}

/** The same of how its calls are judged anew. */
export function readMethod(stored: unknown): FixedMethod {
  return stored as FixedMethod;
}

import type { CanonicalValue } from "../canonical.ts";
import type { EntryType } from "./entry.ts";

/**
 * A value that the entry only commits to. The opening (salt and value) is kept apart, sealed, and can be erased; then
 * nobody can tell what the commitment stood for.
 */
export type EntryOpening = {
  /** Name of the commitment in the entry's `commit`. Each once per entry. */
  readonly field: string;
  readonly value: string;
  /** Whom the value speaks of: the opening is found and erased by it. Never stored as it is. */
  readonly subject?: string;
};

/** What somebody wants to have in a log. Appending adds log, index and time, and turns openings into commitments. */
export type EntryDraft = {
  readonly type: EntryType;
  readonly body: CanonicalValue;
  readonly openings: readonly EntryOpening[];
};

/** The same, with the canonical text of an object for a body. */
export type WrittenDraft = Omit<EntryDraft, "body"> & { readonly bodyText: string };

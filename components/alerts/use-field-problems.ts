import { useState } from "react";
import type { z } from "zod";
import { ProblemError } from "../../lib/client/fetch-json.ts";

/** What is wrong with the fields of a form: as the contract finds before it is sent, or the server behind that. */
export function useFieldProblems(error: Error | null) {
  const [found, setFound] = useState<Readonly<Record<string, string>>>({});
  return {
    errorOf: (field: string): string | null =>
      found[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null),
    /** The input as the schema has it; null where something is wrong with it, which is then said. */
    check<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> | null {
      const parsed = schema.safeParse(given);
      const issues = parsed.success ? [] : parsed.error.issues.toReversed();
      setFound(Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message])));
      return parsed.success ? parsed.data : null;
    },
  };
}

import { ZodError } from "zod";
import { Refusal } from "../services/refusal.ts";

/** What a person at a terminal reads of what was refused, or failed. */
export function wordsOf(error: unknown): string {
  if (error instanceof Refusal)
    return [error.message, ...error.fields.map(({ field, message }) => `${field}: ${message}`)].join("\n");
  if (error instanceof ZodError)
    return error.issues.map(({ path, message }) => `--${path.join(".")}: ${message}`).join("\n");
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === "ECONNREFUSED")
    return "The database does not answer. Start Domicile with npm start, or your own PostgreSQL.";
  return typeof message === "string" && message !== "" ? message : String(error);
}

import type { Role } from "../../core/access/role.ts";
import { isUniqueViolation } from "../../db/is-unique-violation.ts";
import { Refusal } from "../refusal.ts";

/** What the log says of a view. What a person keeps for himself is nobody's business: neither its name nor its filters. */
export function viewDetail({ name, shared, query }: { name: string; shared: boolean; query: string }) {
  return { shared, name: shared ? name : null, query: shared ? query.slice(0, 1_000) : null };
}

export function sharingForbidden(role: Role): Refusal {
  return new Refusal("forbidden", `The role ${role} may not share views. Keep it for yourself.`);
}

/** A person has each name once in a tenant. */
export async function nameOnce<T>(name: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = "You have a view of this name already.";
    throw new Refusal("conflict", `${message} (${name})`, {
      cause: error,
      fields: [{ field: "name", message }],
    });
  }
}

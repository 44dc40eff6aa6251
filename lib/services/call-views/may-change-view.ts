import type { Role } from "../../core/access/role.ts";

/** Whoever saved a view may change it, and an admin of the tenant any that is shared. */
export function mayChangeView(
  role: Role,
  view: { readonly personId: string; readonly shared: boolean },
  personId: string,
): boolean {
  return view.personId === personId || (view.shared && role === "admin");
}

import type { Role } from "../../lib/core/access/role.ts";

export type PersonSpec = { readonly name: string; readonly email: string; readonly role: Role };

/** Everybody is a member of every tenant, in one role. Admins may also create tenants. */
export const peopleSpecs: readonly PersonSpec[] = [
  { name: "Astrid Berg", email: "astrid.berg@domicile.example", role: "admin" },
  { name: "Paul Okafor", email: "paul.okafor@domicile.example", role: "admin" },
  { name: "Katrin Vogel", email: "katrin.vogel@domicile.example", role: "officer" },
  { name: "Jonas Lind", email: "jonas.lind@domicile.example", role: "officer" },
  { name: "Helen Marsh", email: "helen.marsh@domicile.example", role: "auditor" },
  { name: "Ravi Menon", email: "ravi.menon@domicile.example", role: "developer" },
];

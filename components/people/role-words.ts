import { type Role, roles } from "../../lib/core/access/role.ts";

/** What each role may do, in a line. */
export const roleMeanings: Readonly<Record<Role, string>> = {
  admin: "Sets policies, keys and credentials; adds people; ends sessions",
  officer: "Works findings; decides what needs a second person; keeps the register",
  auditor: "Sees everything and has reports built; changes nothing",
  developer: "Makes keys; imports calls; sends from the playground",
};

/** What an administrator of the deployment may do, in a line. */
export const administrationMeaning =
  "Creates tenants and people, disables people, resets passwords and says who administers; publishes catalogs and prices.";

/** To choose from, the one with most rights first. */
export const roleOptions = roles.map((id) => ({
  id,
  title: id.charAt(0).toUpperCase() + id.slice(1),
  meaning: roleMeanings[id],
}));

import { v7 } from "uuid";
import type { PublishCatalogInput } from "../contracts/catalog.ts";
import type { Actor } from "../services/actor.ts";
import { approveCatalog } from "../services/catalog/decide-catalog.ts";
import { publishCatalog } from "../services/catalog/publish-catalog.ts";
import type { MutationOptions } from "../services/mutation.ts";

/** The next version of the catalog, as two administrators of the deployment make it; the second is asked where it widens. */
export async function publishApproved(
  input: PublishCatalogInput,
  options: MutationOptions = {},
): Promise<void> {
  const published = await publishCatalog(administrator("Ada"), input, options);
  if (published.kind === "proposed")
    await approveCatalog(administrator("Ben"), { id: published.id, note: "" }, options);
}

function administrator(name: string): Actor {
  return {
    kind: "person",
    personId: v7(),
    sessionId: v7(),
    name,
    email: `${name.toLowerCase()}@example.com`,
    deploymentAdmin: true,
    confirmedAt: new Date(),
    memberships: [],
  };
}

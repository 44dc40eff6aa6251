import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { catalogBytesMax, previewCatalogInput } from "../../../../lib/contracts/catalog.ts";
import { previewCatalog } from "../../../../lib/services/catalog/get-catalog.ts";

/** What a draft would change. Changes nothing; a POST because a draft can be a whole catalog. */
export const POST = route(async ({ actor, request }) => {
  const { draft } = await readBody(request, previewCatalogInput, catalogBytesMax);
  return previewCatalog(actor, draft);
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");

import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { catalogBytesMax, publishCatalogInput } from "../../../../lib/contracts/catalog.ts";
import { listCatalogVersions } from "../../../../lib/services/catalog/get-catalog.ts";
import { publishCatalog } from "../../../../lib/services/catalog/publish-catalog.ts";

export const GET = route(({ actor }) => listCatalogVersions(actor));

export const POST = route(
  async ({ actor, request }) =>
    publishCatalog(actor, await readBody(request, publishCatalogInput, catalogBytesMax)),
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");

import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { type CatalogFile, catalogFormat } from "../../../../lib/contracts/catalog-schema.ts";
import { getCatalog } from "../../../../lib/services/catalog/get-catalog.ts";

/** The catalog in force as a file that can be imported elsewhere. Its form: `/api/catalog/schema`. */
export const GET = route(async ({ actor }) => {
  const { catalog, version, sha256 } = await getCatalog(actor);
  const file = { format: catalogFormat, exportedAt: new Date().toISOString(), sha256, catalog };
  return new Response(`${JSON.stringify(file satisfies Record<keyof CatalogFile, unknown>, null, 2)}\n`, {
    headers: {
      "cache-control": "no-store",
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="domicile-catalog-${version}.json"`,
    },
  });
});

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");

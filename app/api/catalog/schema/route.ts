import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { catalogJsonSchema } from "../../../../lib/contracts/catalog-schema.ts";

/** The JSON Schema of an exported catalog; the same as docs/catalog.schema.json. */
export const GET = route(async () => catalogJsonSchema());

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");

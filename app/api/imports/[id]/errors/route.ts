import { readSearch } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { importInput } from "../../../../../lib/contracts/imports.ts";
import { listImportErrors } from "../../../../../lib/services/imports/list-import-errors.ts";
import { getImport } from "../../../../../lib/services/imports/list-imports.ts";
import { streamLines } from "../../../stream-lines.ts";

/** The file of what was not recorded: one line of JSON for each. */
export const GET = route<{ id: string }>(async ({ actor, request, params }) => {
  const input = readSearch(request, importInput);
  // Refused before the file begins.
  const { id } = await getImport(actor, params.id, input);
  const response = streamLines(eachOf(listImportErrors(actor, id, input)));
  response.headers.set("content-disposition", `attachment; filename="import-${id}-errors.ndjson"`);
  return response;
});

async function* eachOf<T>(pages: AsyncGenerator<readonly T[]>): AsyncGenerator<T> {
  for await (const page of pages) yield* page;
}

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");

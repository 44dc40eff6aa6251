/** Rows of each page but the first: whoever goes on reads more than whoever begins. The most that a list gives at once. */
const nextRows = 200;

/** Asks a list for the page after this cursor. */
export function nextPage(params: URLSearchParams, cursor: string): URLSearchParams {
  params.set("cursor", cursor);
  params.set("limit", String(nextRows));
  return params;
}

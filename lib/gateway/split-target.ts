/** trust: only a plain path is one of ours; an absolute address or a fragment is not. `query` begins with its `?`. */
export function splitTarget(url = ""): { readonly path: string; readonly query: string } {
  const at = url.indexOf("?");
  return at === -1 ? { path: url, query: "" } : { path: url.slice(0, at), query: url.slice(at) };
}

/** A text to keep. Never cached: whoever asks again is checked again, and what is newest may have changed. */
export function fileResponse(
  { name, text }: { readonly name: string; readonly text: string },
  type: "text/plain; charset=utf-8" | "application/json",
): Response {
  // trust: a name is made of slugs, ids and numbers; nothing else may get into a header.
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new Error("A file has a name that no file may have.");
  return new Response(text, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}

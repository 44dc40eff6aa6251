import { exportRowsHeader } from "../contracts/exports.ts";
import type { ExportFile } from "../services/exports/export-file.ts";

/**
 * A file that is sent while it is made: the next part is made when the last was taken. One that breaks off breaks the
 * connection, so that nobody takes a part for the whole.
 */
export function exportResponse({ name, format, rows, lines }: ExportFile): Response {
  // trust: a name is made of slugs and numbers; nothing else may get into a header.
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new Error("A file has a name that no file may have.");
  const text = lines[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await text.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: async () => {
        await text.return?.();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      "content-type":
        format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store, no-transform",
      ...(rows === null ? {} : { [exportRowsHeader]: String(rows) }),
    },
  });
}

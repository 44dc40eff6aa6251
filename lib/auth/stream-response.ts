import type { TakenReport } from "../services/reports/take-report.ts";

/** A file to keep that is read while it is sent: as fast as its reader takes it. Never cached. */
export function streamResponse({ name, type, size, bytes }: TakenReport): Response {
  // trust: a name is made of slugs, ids and days; nothing else may get into a header.
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new Error("A file has a name that no file may have.");
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await bytes.next();
      if (done) controller.close();
      // A copy: what is handed over may be kept, and a piece is read again from its beginning.
      else controller.enqueue(new Uint8Array(value));
    },
    async cancel() {
      await bytes.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-length": String(size),
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}

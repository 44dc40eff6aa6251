import { log } from "../../lib/log.ts";
import { readConfigRevision } from "../../lib/services/gateway-config/read-revision.ts";

/** This process would answer a page: the database is there and migrated. */
export async function GET(): Promise<Response> {
  try {
    await readConfigRevision();
    return answer("ready\n", 200);
  } catch (error) {
    log.warn({ err: error }, "not ready");
    return answer("the store is away\n", 503);
  }
}

function answer(text: string, status: number): Response {
  return new Response(text, {
    status,
    headers: { "content-type": "text/plain", "cache-control": "no-store" },
  });
}

/** The process lives and answers. Says nothing about the database: `/readyz` does. */
export function GET(): Response {
  return new Response("ok\n", { headers: { "content-type": "text/plain", "cache-control": "no-store" } });
}

import { Refusal } from "../services/refusal.ts";

/**
 * Refuses a change that a page of another site may have caused. Browsers send `Origin` with every change;
 * what sends neither that nor `Sec-Fetch-Site` is no browser and carries no reader's cookie by accident.
 */
export function checkOrigin(headers: Headers, publicUrl: string): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const isOwn = origin === null || isOwnOrigin(origin, headers.get("host"), new URL(publicUrl));
  if (!isOwn || (site !== null && site !== "same-origin" && site !== "none"))
    throw new Refusal("cross_origin", "Changes are accepted from Domicile's own pages only.");
}

/**
 * Refuses to read for a page of another site. It could not see the answer, but a file that is made, or a record that is
 * opened, stands in the log under the reader's name.
 */
export function checkReader(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  if (site === "cross-site" || site === "same-site")
    throw new Refusal("cross_origin", "What is asked for from another site's page is not answered.");
}

/** A deployment on this machine may be opened as 127.0.0.1, [::1] or localhost, whichever it was set up as. */
function isOwnOrigin(origin: string, host: string | null, own: URL): boolean {
  if (origin === own.origin) return true;
  const url = URL.parse(origin);
  return url !== null && url.host === host && loopback.has(url.hostname) && loopback.has(own.hostname);
}

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

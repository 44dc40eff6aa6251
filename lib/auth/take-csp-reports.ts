import { z } from "zod";
import { log } from "../log.ts";
import { parseJson } from "./read-text.ts";

const linesPerMinute = 10;
const reportsMax = 5;

/** Of the Reporting API: a list (CSP Level 3, 5.3); of `report-uri`: one, with hyphens (CSP Level 2, 4.4). */
const reports = z.union([
  z.array(
    z.object({
      type: z.literal("csp-violation"),
      body: z.object({
        documentURL: z.string().optional().catch(undefined),
        effectiveDirective: z.string().optional().catch(undefined),
        blockedURL: z.string().optional().catch(undefined),
        disposition: z.string().optional().catch(undefined),
      }),
    }),
  ),
  z
    .object({
      "csp-report": z.object({
        "document-uri": z.string().optional().catch(undefined),
        "effective-directive": z.string().optional().catch(undefined),
        "violated-directive": z.string().optional().catch(undefined),
        "blocked-uri": z.string().optional().catch(undefined),
      }),
    })
    .transform(({ "csp-report": said }) => [
      {
        body: {
          documentURL: said["document-uri"],
          effectiveDirective: said["effective-directive"] ?? said["violated-directive"],
          blockedURL: said["blocked-uri"],
        },
      },
    ]),
]);

/**
 * Writes a line of the log for what a browser refused, ten a minute at most; how many more there were stands in the next.
 *
 * trust: anybody may send a report, without a session. Of its text go on a word of a closed form, the path of a page of ours, and
 * the origin of what was refused. Samples of scripts, queries and whole addresses do not.
 */
export function takeCspReports(text: string, now: number = Date.now()): void {
  const { data } = reports.safeParse(parseJson(text));
  for (const { body } of (data ?? []).slice(0, reportsMax)) {
    if (!mayWrite(now)) continue;
    const { documentURL, effectiveDirective, blockedURL } = body;
    log.warn(
      {
        directive: directiveOf(effectiveDirective),
        page: pathOf(documentURL),
        refused: originOf(blockedURL),
        ...(left > 0 ? { leftOut: left } : {}),
      },
      "a browser refused something by the page's policy",
    );
    left = 0;
  }
}

let minute = 0;
let written = 0;
let left = 0;

function mayWrite(now: number): boolean {
  const thisMinute = Math.floor(now / 60_000);
  if (thisMinute !== minute) [minute, written] = [thisMinute, 0];
  written += 1;
  if (written <= linesPerMinute) return true;
  left += 1;
  return false;
}

function directiveOf(said: string | undefined): string | null {
  return /^[a-z-]{3,40}/.exec(said ?? "")?.[0] ?? null;
}

function pathOf(said: string | undefined): string | null {
  const path = URL.parse(said ?? "")?.pathname ?? null;
  return path !== null && /^[\w/.-]{1,200}$/.test(path) ? path : null;
}

/** `inline`, `eval`, `data` and the like, or where it would have come from. */
function originOf(said: string | undefined): string | null {
  if (said === undefined) return null;
  if (/^[a-z-]{2,20}$/.test(said)) return said;
  const url = URL.parse(said);
  if (url === null) return null;
  return url.origin === "null" ? url.protocol.slice(0, 20) : url.origin.slice(0, 200);
}

import { problemResponse } from "../../../lib/auth/problem-response.ts";
import { readText } from "../../../lib/auth/read-text.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { takeCspReports } from "../../../lib/auth/take-csp-reports.ts";

const bytesMax = 16 * 1024;

/** What browsers refused because a page's Content-Security-Policy says so. Anybody may send one, and gets no word of it. */
export async function POST(request: Request): Promise<Response> {
  try {
    takeCspReports(await readText(request, bytesMax));
    return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemResponse(error);
  }
}

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");

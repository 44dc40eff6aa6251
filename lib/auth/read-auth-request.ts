import { NextRequest } from "next/server";
import { z } from "zod";
import { confirmedPath } from "../contracts/confirmation.ts";
import { ownPath } from "../contracts/sign-in.ts";
import { line } from "../contracts/text.ts";
import { webSettings } from "../env/web-settings.ts";
import { Refusal } from "../services/refusal.ts";
import { accept } from "./read-input.ts";
import { parseJson, readText } from "./read-text.ts";

const bodyBytesMax = 16 * 1024;

/** What the sign-in page and the user menu send; nothing else reaches next-auth. */
const fields = z.object({
  csrfToken: z.string().max(200).optional(),
  json: z.string().max(5).optional(),
  email: line.max(1024).optional(),
  password: z.string().max(4096).optional(),
  code: z.string().max(100).optional(),
  /** Where to go after single sign-on. What is no path of ours is left out: that is the first page. */
  callbackUrl: ownPath.optional().catch(undefined),
  /** Whether the identity provider is to ask for whoever it knows already. */
  anew: z.literal("true").optional(),
});

/** What an identity provider sends a browser back with (OpenID Connect Core 1.0, 3.1.2.5; RFC 9207). */
const answer = ["code", "state", "iss", "session_state"] as const;

/**
 * The request as next-auth gets it: read here, because next-auth fails on a body, an address or a cookie it cannot
 * parse, and quotes it to the log. Of the query is left what an identity provider answers.
 */
export async function readAuthRequest(request: Request): Promise<NextRequest> {
  const url = new URL(request.url);
  // next-auth sends what stands in the query of a form on to the provider.
  url.search = request.method === "GET" ? answerOf(url.searchParams) : "";
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  if (request.method !== "POST") return checked(new NextRequest(url, { headers, method: request.method }));
  const { anew, ...given } = await readFields(request);
  // next-auth hands it on (OpenID Connect Core 1.0, 3.1.2.1): `max_age` has the provider say when it asked.
  if (anew) url.search = "prompt=login&max_age=0";
  // Where confirming leads tells that it was confirming: nobody who signs in comes there.
  else if (given.callbackUrl?.startsWith(confirmedPath)) given.callbackUrl = "/";
  const body = new URLSearchParams(given);
  headers.set("content-type", "application/x-www-form-urlencoded");
  return checked(new NextRequest(url, { headers, method: "POST", body: body.toString() }));
}

function answerOf(given: URLSearchParams): string {
  const kept = answer.flatMap((name) => {
    const value = given.get(name);
    return value === null || value.length > 4_096 ? [] : [[name, value]];
  });
  return new URLSearchParams(kept).toString();
}

async function readFields(request: Request): Promise<Record<string, string>> {
  const type = request.headers.get("content-type") ?? "";
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  if (!isForm && !/^application\/json\b/i.test(type))
    throw new Refusal("invalid_input", "The body is neither a form nor JSON.");
  const text = await readText(request, bodyBytesMax);
  const given = accept(fields, isForm ? Object.fromEntries(new URLSearchParams(text)) : parseJson(text));
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** next-auth answers 500 to a callback cookie that is no address. */
function checked(request: NextRequest): NextRequest {
  for (const { name, value } of request.cookies.getAll())
    if (name.endsWith("next-auth.callback-url") && !isHttpUrl(value))
      throw new Refusal("invalid_input", "A cookie of the sign-in is damaged. Delete this site's cookies.");
  return request;
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text, text.startsWith("/") ? webSettings().publicUrl : undefined);
  return url?.protocol === "https:" || url?.protocol === "http:";
}

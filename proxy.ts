import { type NextRequest, NextResponse } from "next/server";
import { reportGroup, reportPath } from "./lib/auth/report-place.ts";
import { confirmedPath } from "./lib/contracts/confirmation.ts";

/**
 * Gives each page its Content-Security-Policy with a fresh nonce. Sends who has no session cookie to the
 * sign-in page: a convenience, no check. Pages and routes check the session itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (!isOpen(pathname) && !hasSessionCookie(request)) {
    const login = new URL("/login", request.nextUrl);
    if (pathname !== "/" || search) login.searchParams.set("from", pathname + search);
    return NextResponse.redirect(login);
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // trust: overwritten, so that what arrives from outside under this name is never read.
  headers.set("x-domicile-path", pathname + search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  const forDevelopment = process.env.NODE_ENV === "production" ? "" : " 'unsafe-eval'";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${forDevelopment}`,
    // Charts and menus place themselves through style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    // The page that verifies packs does its work on a thread, from a file of ours.
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // What a browser refused is told to us: by the one word where it knows that, else by the other (Reporting API, W3C, read 2026-11).
    `report-to ${reportGroup}`,
    `report-uri ${reportPath}`,
  ].join("; ");
}

function isOpen(pathname: string): boolean {
  return ["/login", confirmedPath, "/verify"].includes(pathname) || pathname.startsWith("/verify/");
}

function hasSessionCookie(request: NextRequest): boolean {
  return request.cookies
    .getAll()
    .some(({ name }) => /^(__Secure-|__Host-)?next-auth\.session-token(\.\d+)?$/.test(name));
}

export const config = {
  matcher: ["/((?!api/|recorder/|_next/static|_next/image|healthz|readyz|metrics|icon.svg|favicon.ico).*)"],
};

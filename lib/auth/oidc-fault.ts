/** What may have gone wrong between an identity provider and us, in words of ours; each with how openid-client 5.7 begins its own. */
const faults: readonly (readonly [reason: string, sign: RegExp])[] = [
  ["state is not the one that was sent", /^state (mismatch|missing)|^State cookie/],
  [
    "nonce is not the one that was sent",
    /^nonce mismatch|^missing required JWT property nonce|^Nonce cookie/,
  ],
  ["audience is another client", /^aud (mismatch|is missing)|^azp /],
  ["issuer is another one", /^unexpected iss|^iss (mismatch|missing)/],
  ["signature does not fit", /^failed to validate JWT signature|^no valid key found|^unexpected JWT alg/],
  ["token is not valid now", /^id_token (expired|issued in the future|not active)/],
  ["PKCE verifier is gone", /^PKCE /],
  ["provider did not answer", /^outgoing request timed out|^(connect|getaddrinfo|read|socket) /],
  ["provider refused the client", /^(invalid_client|unauthorized_client)/],
  ["provider refused the code", /^invalid_grant/],
];

/**
 * What the log says of a sign-in that failed on the way.
 *
 * trust: never the message itself; the provider's text and values of tokens stand in it.
 */
export function oidcFault(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : "";
  return faults.find(([, sign]) => sign.test(message))?.[0];
}

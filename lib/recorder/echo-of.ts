/** What the provider's headers say, by the names of an intake record. What is no token is not told. */
export function echoOf(headers: Headers): Record<string, string | number | undefined> {
  const token = (name: string, charsMax = 128): string | undefined => {
    const value = headers.get(name);
    return value !== null && value.length <= charsMax && /^[\x21-\x7e]+$/.test(value) ? value : undefined;
  };
  const ms = Number(token("openai-processing-ms", 10));
  return {
    requestId: token("x-request-id"),
    projectId: token("openai-project"),
    organization: token("openai-organization"),
    edgeCode: /-([A-Z]{3})$/.exec(headers.get("cf-ray") ?? "")?.[1],
    processingMs: Number.isInteger(ms) && ms > 0 ? ms : undefined,
    statedRegion: headers.get("x-ms-region")?.slice(0, 64) || undefined,
  };
}

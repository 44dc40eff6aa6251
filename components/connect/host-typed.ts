/** The host in what somebody typed: a URL, a host with a port, or a line such as `OPENAI_BASE_URL=https://…`. */
export function hostTyped(text: string): string {
  const value = text
    .trim()
    .replace(/^(?:export\s+)?[A-Za-z_]+\s*=\s*/, "")
    .replace(/^["']|["']$/g, "");
  const rest = value.replace(/^[a-z]+:\/\//i, "").replace(/^[^/@]*@/, "");
  return rest.split(/[/?#]/)[0] ?? "";
}

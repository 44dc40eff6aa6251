/** A file by its SHA-256 (hex), computed here: not a byte of it leaves the browser. */
export async function hashFile(file: File): Promise<{ sha256: string; name: string; bytes: number }> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { sha256, name: file.name.slice(0, 255), bytes: file.size };
}

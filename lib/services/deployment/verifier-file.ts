import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import type { VerifierFile } from "../../contracts/verify.ts";

/** The one file that verifies packs, as this deployment serves it; null where it was not built. */
export async function verifierFile(): Promise<VerifierFile | null> {
  try {
    // Where the pages are served from: the web process runs in the checkout.
    const bytes = await fs.readFile(path.resolve("public/verify", "domicile-verify.mjs"));
    return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

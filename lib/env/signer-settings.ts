import { readEnvironment } from "./read-environment.ts";

/** `folder`: the signer's own memory. `everyMs`: how often it looks for what grew. */
export function signerSettings(): { folder: string; everyMs: number } {
  const env = readEnvironment("DOMICILE_HOME", "DOMICILE_SIGN_EVERY_MS");
  return { folder: `${env.DOMICILE_HOME}/signer`, everyMs: env.DOMICILE_SIGN_EVERY_MS };
}

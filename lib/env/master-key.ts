import { keptSettings } from "./read-environment.ts";

/** 32 bytes; key pepper, credential encryption and session secret are derived from it. */
export const masterKey = keptSettings(["DOMICILE_MASTER_KEY"], (env) =>
  Buffer.from(env.DOMICILE_MASTER_KEY, "base64url"),
);

/** The master key of before, while it changes; null: it does not. */
export const previousMasterKey = keptSettings(
  ["DOMICILE_MASTER_KEY_PREVIOUS"],
  ({ DOMICILE_MASTER_KEY_PREVIOUS: key }) => (key === undefined ? null : Buffer.from(key, "base64url")),
);

/** Of a deployment whose master key was changed; empty: it was not. */
export function carriedKeysText(): string {
  return process.env.DOMICILE_CARRIED_KEYS ?? "";
}

/** From then on in this process, and in the threads that it starts. */
export function setCarriedKeysText(text: string): void {
  process.env.DOMICILE_CARRIED_KEYS = text;
}

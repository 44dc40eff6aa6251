import { randomBytes } from "node:crypto";
import path from "node:path";
import { readJson, writeJson } from "./home.ts";

/** `DOMICILE_HOME/secrets.json`, mode 0600. Whoever loses it loses the stored provider keys. */
export type Secrets = {
  /** base64url of 32 bytes; used when `DOMICILE_MASTER_KEY` is unset. */
  masterKey?: string;
  /** The one there was before, while it changes; used when `DOMICILE_MASTER_KEY_PREVIOUS` is unset. */
  masterKeyPrevious?: string;
  /** Passwords of the embedded server: its superuser and the owner of the database. */
  postgres?: { superuser: string; owner: string };
  /** Passwords of the login roles, by role name. */
  roles?: Record<string, string>;
};

const fileOf = (home: string): string => path.join(home, "secrets.json");

export function readSecrets(home: string): Secrets {
  return readJson<Secrets>(fileOf(home)) ?? {};
}

/** Reads, lets `change` fill in what is missing, writes only when something changed. */
export function updateSecrets(home: string, change: (secrets: Secrets) => void): Secrets {
  const secrets = readSecrets(home);
  const before = JSON.stringify(secrets);
  change(secrets);
  if (JSON.stringify(secrets) !== before) writeJson(fileOf(home), secrets, 0o600);
  return secrets;
}

export const newPassword = (): string => randomBytes(24).toString("base64url");

/** The given key, or the one kept in `home`, made at first use. */
export function masterKey(home: string, env: NodeJS.ProcessEnv = process.env): string {
  if (env.DOMICILE_MASTER_KEY) return env.DOMICILE_MASTER_KEY;
  const secrets = updateSecrets(home, (all) => {
    all.masterKey ??= randomBytes(32).toString("base64url");
  });
  return secrets.masterKey as string;
}

/** The key of before, while it changes; empty: it does not. */
export function previousMasterKey(home: string, env: NodeJS.ProcessEnv = process.env): string {
  return env.DOMICILE_MASTER_KEY_PREVIOUS || readSecrets(home).masterKeyPrevious || "";
}

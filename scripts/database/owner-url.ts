import path from "node:path";
import { ownerRole } from "../postgres/embedded.ts";
import { readJson } from "../state/home.ts";
import { OperatorError } from "../state/operator-error.ts";
import { readSecrets } from "../state/secrets.ts";
import type { Settings } from "../state/settings.ts";
import { databaseName } from "./prepare.ts";
import { withCredentials } from "./process-roles.ts";

/** Where the owner reaches the database: as it was given, past a pooler where one stands between; else the embedded one that runs. */
export function ownerUrl({ home, databaseUrl, directUrl }: Settings): string {
  const given = directUrl ?? databaseUrl;
  if (given !== null) return given;
  const embedded = readJson<{ port: number }>(path.join(home, "postgres.json"));
  const password = readSecrets(home).postgres?.owner;
  if (!embedded || !password)
    throw new OperatorError("This takes the owner of the database. Set DATABASE_URL, or run npm start once.");
  return withCredentials(`postgresql://127.0.0.1:${embedded.port}/${databaseName}`, ownerRole, password);
}

import { scryptSync } from "node:crypto";
import type { StoreWorld } from "./store-world.ts";

/** Gives a person a password that takes no time to check: hashing as the product does takes most of a second on a busy machine. */
export async function giveCheapPassword(
  world: StoreWorld,
  personId: string,
  password: string,
): Promise<void> {
  const salt = Buffer.from("salt");
  const hash = scryptSync(password.normalize("NFKC"), salt, 32, { N: 2, r: 1, p: 1 });
  const stored = `scrypt$2$1$1$${salt.toString("base64url")}$${hash.toString("base64url")}`;
  await world.sql("owner", {}, "UPDATE person SET password_hash = $2 WHERE id = $1", [personId, stored]);
}

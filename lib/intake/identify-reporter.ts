import type { IncomingMessage } from "node:http";
import { isInside } from "../services/keys/address-block.ts";
import type { AuthenticatedKey } from "../services/keys/authenticate-key.ts";
import type { DoorHost } from "./door.ts";
import { IntakeRefusal } from "./intake-refusal.ts";

/** Whose key it is. Throws `IntakeRefusal` for everything that is no intake key in force, used from where it may be. */
export async function identifyReporter(host: DoorHost, request: IncomingMessage): Promise<AuthenticatedKey> {
  const given = new Set(request.headersDistinct.authorization?.map((each) => each.trim()) ?? []);
  // trust: of two different keys nobody knows which one a proxy before us looked at.
  if (given.size > 1) throw new IntakeRefusal("invalid_http");
  const [authorization = ""] = given;
  const bearer = /^bearer +([\x21-\x7e]{1,1024})$/i.exec(authorization)?.[1];
  if (bearer === undefined) throw new IntakeRefusal("missing_domicile_key");
  const key = await host.authenticate(bearer).catch((cause: unknown) => {
    throw new IntakeRefusal("evidence_unavailable", { cause });
  });
  if (key === null) throw new IntakeRefusal("invalid_domicile_key");
  if (key.kind !== "intake") throw new IntakeRefusal("wrong_key_kind");
  const { expiresAt, allowedFrom } = key.limits;
  if (expiresAt !== null && expiresAt <= Date.now()) throw new IntakeRefusal("key_expired");
  if (!isInside(host.addressOf(request), allowedFrom)) throw new IntakeRefusal("key_address");
  return key;
}

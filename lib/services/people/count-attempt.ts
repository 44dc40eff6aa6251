import { createHmac } from "node:crypto";
import ipaddr from "ipaddr.js";
import {
  addAttempt,
  type CountedAttempt,
  forgetAttempts,
  forgetOldAttempts,
  takeBackAttempt,
} from "../../db/login-throttle.ts";
import { Refusal } from "../refusal.ts";
import { deriveKey } from "../secrets/derive-key.ts";

const windowMs = 15 * 60_000;
const perEmailMax = 10;
const perAddressMax = 100;

export type Attempt = {
  /** The password was right: the name begins anew, and the address has one failure less. */
  succeeded(): Promise<void>;
  /** It was no guess: the password was right, and a code is still to come. Nothing begins anew by it. */
  undecided(): Promise<void>;
  /** It stays counted. */
  failed(): Promise<void>;
};

/**
 * Counts a guess at a password as a failure, before it is looked at: guesses that are made at once all know of each other.
 * Refuses with `too_many_attempts` where ten failed for one name, or a hundred from one address, within fifteen minutes; what
 * is refused is no guess and not counted.
 */
export async function countAttempt(input: { email: string; address: string | null }): Promise<Attempt> {
  const byEmail = subject("email", input.email);
  const byAddress = input.address === null ? null : subject("address", networkOf(input.address));
  const counted = await addAttempt(byAddress === null ? [byEmail] : [byEmail, byAddress], windowMs);
  const isOver = ({ subject: whose, attempts }: CountedAttempt) =>
    attempts > (whose === byEmail ? perEmailMax : perAddressMax);
  const takeBack = async () => {
    for (const each of counted) await takeBackAttempt(each);
  };
  if (counted.some(isOver)) {
    await takeBack();
    throw new Refusal("too_many_attempts", "Too many failed sign-ins. Try again in fifteen minutes.");
  }
  return {
    succeeded: async () => {
      await forgetAttempts(byEmail);
      for (const each of counted) if (each.subject === byAddress) await takeBackAttempt(each);
    },
    undecided: takeBack,
    failed: forgetOldAttempts,
  };
}

/** Who has one IPv6 address has the 2^64 of its network (RFC 4291, 2.5.1), and could take another for each guess. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(":") : parsed.toString();
}

/** Names and addresses are kept as keyed hashes only. */
function subject(kind: "email" | "address", value: string): string {
  return createHmac("sha256", deriveKey("login-subject")).update(`${kind}:${value}`).digest("base64url");
}

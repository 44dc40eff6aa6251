import { findSecondFactor, takeRecoveryCode, takeStep } from "../../db/second-factor.ts";
import { openSecret } from "../secrets/seal-secret.ts";
import { hashRecoveryCode } from "./recovery-codes.ts";
import { stepOfCode } from "./totp.ts";

/** `none`: the person has no second factor. `missing`: he has one, and gave nothing. */
export type CheckedFactor = "none" | "missing" | "wrong" | "code" | "recovery_code";

/** Looks at what somebody gave beside his password. A code that was right is used up by it: the next one must be another. */
export async function checkSecondFactor(personId: string, given: string | null): Promise<CheckedFactor> {
  const factor = await findSecondFactor(personId);
  if (!factor) return "none";
  const code = given?.replace(/\s/g, "") ?? "";
  if (code === "") return "missing";
  const secret = Buffer.from(openSecret(factor.sealed, { personId, factorId: factor.id }), "base64url");
  const step = stepOfCode(secret, code, Date.now());
  if (step !== null) return (await takeStep(factor.id, step)) ? "code" : "wrong";
  return (await takeRecoveryCode(factor.id, hashRecoveryCode(code))) ? "recovery_code" : "wrong";
}

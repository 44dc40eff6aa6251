import { passwordLength } from "../../contracts/people.ts";
import { Refusal } from "../refusal.ts";

/** Refuses a password that is too short to be safe, or too long to sign in with. */
export function checkNewPassword(password: string, field: string): void {
  const { min, max } = passwordLength;
  if (password.length >= min && password.length <= max) return;
  const isShort = password.length < min;
  throw new Refusal("invalid_input", `The password is too ${isShort ? "short" : "long"}.`, {
    fields: [{ field, message: isShort ? `At least ${min} characters.` : `At most ${max} characters.` }],
  });
}

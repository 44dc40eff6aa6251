import { randomBytes } from "node:crypto";

/** 20 letters and digits that are not mistaken for one another, 100 bits: `abcde-fghij-kmnpq-rstuv`. */
export function generatePassword(): string {
  const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  const letters = [...randomBytes(20)].map((byte) => alphabet[byte % alphabet.length]);
  return letters.join("").replace(/(.{5})(?!$)/g, "$1-");
}

import { dayNumber } from "../calendar.ts";
import { isCountryCode } from "../regions/is-country-code.ts";
import type { RegisterContent } from "./register.ts";
import type { RegisterField } from "./register-field.ts";
import { registerKinds } from "./register-kinds.ts";

export type ContentProblem = { readonly field: string; readonly message: string };

const lineMax = 300;
const proseMax = 4_000;

/**
 * What is wrong with an item as it stands: a value of another form, a field its kind does not have, days in the wrong
 * order. What is merely empty is no problem here; the report says it (`reviewRegister`).
 */
export function checkContent({ kind, fields, document }: RegisterContent): ContentProblem[] {
  const spec = registerKinds[kind];
  const problems: ContentProblem[] = [];
  const known = new Map(spec.fields.map((field) => [field.key, field]));
  for (const [key, value] of Object.entries(fields)) {
    const field = known.get(key);
    const message = field ? problemOf(field, value) : "This kind of item has no such field.";
    if (message !== null) problems.push({ field: key, message });
  }
  if (Object.keys(fields).length === 0)
    problems.push({ field: spec.fields[0]?.key ?? "", message: "Say something about it." });
  if (document !== null && !spec.hasDocument)
    problems.push({ field: "document", message: "This kind of item has no document." });
  if (document !== null && !/^[0-9a-f]{64}$/.test(document.sha256))
    problems.push({ field: "document", message: "A SHA-256 has 64 hexadecimal digits." });
  for (const [from, to] of orders)
    if (before(fields[to], fields[from]))
      problems.push({ field: to, message: "This day lies before the one it follows." });
  return problems;
}

const orders = [
  ["validFrom", "validTo"],
  ["startOn", "endOn"],
] as const;

function before(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}

function problemOf({ type, choices }: RegisterField, value: string): string | null {
  switch (type) {
    case "line":
      return value.length <= lineMax ? null : `At most ${lineMax} characters.`;
    case "prose":
      return value.length <= proseMax ? null : `At most ${proseMax} characters.`;
    case "day":
      return dayNumber(value) !== null ? null : "A day reads 2026-11-28.";
    case "days":
      return /^\d{1,5}$/.test(value) ? null : "A whole number of days.";
    case "country":
      return isCountryCode(value) ? null : "A country is two capital letters of ISO 3166-1, such as IE.";
    case "countries":
      return value.split(",").every(isCountryCode) ? null : "Country codes with a comma between: IE,DE.";
    case "choice":
      return choices?.some((choice) => choice.value === value) ? null : "Choose one of the list.";
    case "email":
      return /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(value) ? null : "This is no e-mail address.";
    case "lei":
      return /^[0-9A-Z]{18}[0-9]{2}$/.test(value) && mod97(value) === 1
        ? null
        : "A LEI has 20 characters, the last two of which are check digits (ISO 17442).";
  }
}

/** ISO 7064 mod 97-10, letters as 10 to 35. */
function mod97(text: string): number {
  let rest = 0;
  for (const character of text)
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

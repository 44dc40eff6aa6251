/** Whether a text is a UTC instant in RFC 3339, to the millisecond at most: `2026-11-22T09:00:00Z`. */
export function isUtcInstant(text: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/.test(
    text,
  );
}

/** Same instants give the same text and later ones a greater one, whatever digits were written. */
export function instantKey(text: string): string {
  const [whole = "", fraction = ""] = text.replace(/Z$/, "").split(".");
  return `${whole}.${fraction.slice(0, 3).padEnd(3, "0")}`;
}

/** Whether a text has the form of a UTC day, `2026-11-22`; the 30th of February has it, too. */
export function isUtcDay(text: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text);
}

/** The same day one year later; the 29th of February becomes the 28th. */
export function yearLater(day: string): string {
  const year = String(Number(day.slice(0, 4)) + 1).padStart(4, "0");
  const rest = day.slice(4, 10);
  return rest === "-02-29" ? `${year}-02-28` : `${year}${rest}`;
}

export type CsvValue = string | number | boolean | null;

/** One record of RFC 4180, its line end included. Null is an empty field; text is made safe for spreadsheets. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(",")}\r\n`;
}

function csvField(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const text = spreadsheetText(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Text that no spreadsheet takes for a formula: an apostrophe stands before what begins like one, also behind spaces of any
 * kind and control characters, at the start and on every later line, since some programs look at each line by itself.
 *
 * trust: models, hosts and names come from callers.
 */
export function spreadsheetText(text: string): string {
  return text.replace(formulaStart, "$1'");
}

// Spaces and controls of Unicode, then what begins a formula; or a leading tab or carriage return, which some programs drop
// before they look.
const formulaStart = /(^|\r\n?|\n)(?=[\s\p{Cc}\p{Cf}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r])/gu;

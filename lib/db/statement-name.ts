import { databaseSettings } from "../env/database-settings.ts";

/** Each costs the server some memory in each of our connections. */
const namesMax = 100;
const names = new Map<string, string>();

/**
 * What a connection keeps this statement under, so that it is parsed and planned once. null: it is not kept, because there
 * are enough, or because a pooler stands between, which may give each transaction another connection.
 */
export function statementName(text: string): string | null {
  const { url, directUrl } = databaseSettings();
  if (url !== directUrl) return null;
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= namesMax) return null;
  const name = `domicile_${names.size + 1}`;
  names.set(text, name);
  return name;
}

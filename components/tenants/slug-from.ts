/** `Nordbank EU (retail)` becomes `nordbank-eu-retail`: lower-case letters, digits, single hyphens, 48 at most. */
export function slugFrom(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 48)
    .replace(/^-+|-+$/g, "");
}

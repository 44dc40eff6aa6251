/** What somebody names by a number or an id: "F-12", "EX-3", or the id of a finding, a call or a report. */
export type Reference =
  | { readonly kind: "finding"; readonly no: number }
  | { readonly kind: "exception"; readonly no: number }
  | { readonly kind: "id"; readonly id: string };

const numbered = /^(f|ex)[\s-]?0*([1-9]\d{0,8})$/i;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads one out of what was typed; null where it names nothing so. */
export function readReference(typed: string): Reference | null {
  const text = typed.trim();
  const [, kind, digits] = numbered.exec(text) ?? [];
  if (kind !== undefined && digits !== undefined)
    return { kind: kind.toLowerCase() === "f" ? "finding" : "exception", no: Number(digits) };
  return uuid.test(text) ? { kind: "id", id: text.toLowerCase() } : null;
}

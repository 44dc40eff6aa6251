/** `days`: a whole number of days. `countries`: several, with a comma between. */
export type RegisterFieldType =
  | "line"
  | "prose"
  | "day"
  | "days"
  | "country"
  | "countries"
  | "choice"
  | "email"
  | "lei";

export type RegisterChoice = { readonly value: string; readonly label: string };

export type RegisterField = {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly type: RegisterFieldType;
  readonly choices?: readonly RegisterChoice[];
  /** A report says so where it is empty. With `when`: only where that field holds one of these. */
  readonly needed?: true | { readonly field: string; readonly is: readonly string[] };
  /** Column of template B_02.02 of Implementing Regulation (EU) 2024/2956. */
  readonly dora?: string;
};

/** Whether this field ought to be filled, given what the others hold. */
export function isNeeded({ needed }: RegisterField, fields: Readonly<Record<string, string>>): boolean {
  if (needed === undefined || needed === true) return needed === true;
  return needed.is.includes(fields[needed.field] ?? "");
}

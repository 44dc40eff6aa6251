type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/**
 * What a contract refuses, by the path of the field it stands beside (`name`, `limits.callsPerMinute`). `own`: what the form
 * says of a field instead.
 */
export function fieldProblems(
  { issues }: { readonly issues: readonly Issue[] },
  own: Readonly<Record<string, string | undefined>> = {},
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    issues.map(({ path, message }) => {
      const field = path.join(".");
      return [field, own[field] ?? message];
    }),
  );
}

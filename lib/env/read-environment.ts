import { type Environment, environment } from "./environment.ts";

/** Reads at each call, so that a test may set what it needs. An unset and an empty variable are the same. */
export function readEnvironment<Name extends keyof Environment>(...names: Name[]): Pick<Environment, Name> {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of names) {
    const parsed = environment.shape[name].safeParse(process.env[name] || undefined);
    if (parsed.success) values[name] = parsed.data;
    // trust: the value stays out of the message, it may be a secret.
    else problems.push(`${name}: ${process.env[name] ? parsed.error.issues[0]?.message : "is not set"}`);
  }
  if (problems.length > 0)
    throw new Error(`The environment is not usable. ${problems.join("; ")}. See .env.example.`);
  return values as Pick<Environment, Name>;
}

/** The same for what is asked with every call and statement: made anew only when one of the variables says another thing. */
export function keptSettings<Name extends keyof Environment, Settings>(
  names: readonly Name[],
  make: (env: Pick<Environment, Name>) => Settings,
): () => Settings {
  let texts: readonly (string | undefined)[] = [];
  let made: { readonly settings: Settings } | null = null;
  return () => {
    for (let i = 0; i < names.length && made !== null; i++)
      if (process.env[names[i] as Name] !== texts[i]) made = null;
    if (made === null) {
      texts = names.map((name) => process.env[name]);
      made = { settings: make(readEnvironment(...names)) };
    }
    return made.settings;
  };
}

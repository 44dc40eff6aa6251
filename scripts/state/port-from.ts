import { OperatorError } from "./operator-error.ts";

/** A port out of the environment; undefined when unset. */
export function portFrom(name: string, env: NodeJS.ProcessEnv = process.env): number | undefined {
  return wholeFrom(name, [1, 65_535], env, "a port: ");
}

/** A whole number out of the environment, within bounds; undefined when unset. */
export function wholeFrom(
  name: string,
  [least, most]: readonly [number, number],
  env: NodeJS.ProcessEnv = process.env,
  what = "understood: ",
): number | undefined {
  const text = env[name];
  if (!text) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new OperatorError(`${name}=${text} is not ${what}a whole number from ${least} to ${most} is needed.`);
}

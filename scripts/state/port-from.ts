import { OperatorError } from "./operator-error.ts";

/** A port out of the environment; undefined when unset. */
export function portFrom(name: string, env: NodeJS.ProcessEnv = process.env): number | undefined {
  const text = env[name];
  if (!text) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new OperatorError(`${name}=${text} is not a port: a whole number from 1 to 65535 is needed.`);
}

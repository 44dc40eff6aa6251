import { parseArgs } from "node:util";
import { OperatorError } from "../state/operator-error.ts";
import { reportAndExit } from "../supervisor/until-stopped.ts";
import { askSigner } from "./ask-signer.ts";

const usage = `npm run signer-admin -- COMMAND

  status                                          what the signer remembers, and which key it signs with
  rotate                                          a new key, as planned
  compromise --since TIME --reason "…"            the keys may be in other hands since then
  unfreeze --log ORIGIN --reason "…"              sign a frozen log again, if it holds what was signed
  seal --log ORIGIN --reason "…"                  end a log where it was signed last; it goes on as a new epoch

A reason has at least 20 characters and goes into the log. TIME is like 2026-11-22T09:30:00.000Z.`;

/** Each with the options it needs, and takes. */
const commands: Readonly<Record<string, readonly string[]>> = {
  status: [],
  rotate: [],
  compromise: ["since", "reason"],
  unfreeze: ["log", "reason"],
  seal: ["log", "reason"],
};

/** `npm run signer-admin`: reads what is wanted and asks the signer for it. */
export async function signerAdmin(args: string[]): Promise<void> {
  try {
    process.exit(await askSigner(requestOf(args)));
  } catch (error) {
    reportAndExit(error);
  }
}

/** trust: the signer checks it once more. */
export function requestOf(args: string[]): Record<string, string> {
  const { positionals, values } = parse(args);
  const [command = "", ...more] = positionals;
  const needs = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!needs || more.length > 0) throw new OperatorError(usage);
  for (const name of needs)
    if (!values[name]) throw new OperatorError(`${command} needs --${name}.\n\n${usage}`);
  for (const name of Object.keys(values))
    if (!needs.includes(name)) throw new OperatorError(`${command} takes no --${name}.\n\n${usage}`);
  if ((values.reason ?? "x".repeat(20)).length < 20)
    throw new OperatorError("A reason has at least 20 characters.");
  if (values.since === undefined) return { do: command, ...values };
  const since = new Date(values.since);
  if (Number.isNaN(since.getTime()))
    throw new OperatorError(`--since ${values.since} is no time.\n\n${usage}`);
  return { do: command, ...values, since: since.toISOString() };
}

function parse(args: string[]): { positionals: string[]; values: Record<string, string> } {
  const text = { type: "string" } as const;
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { since: text, reason: text, log: text },
    });
    return { positionals, values: { ...values } as Record<string, string> };
  } catch (cause) {
    throw new OperatorError(`${(cause as Error).message}\n\n${usage}`, { cause });
  }
}

import path from "node:path";
import { parseArgs } from "node:util";
import { OperatorError } from "../state/operator-error.ts";

const usage =
  "npm run import -- --tenant SLUG --app NAME --file F [--environment production|test] [--format ndjson|csv|litellm] [--mapping map.json] [--dry-run] [--errors out.ndjson]";

export type ImportArgs = {
  readonly tenant: string;
  readonly app: string;
  readonly file: string;
  readonly environment: "production" | "test";
  readonly format: "ndjson" | "csv" | "litellm" | null;
  readonly mapping: string | null;
  readonly dryRun: boolean;
  readonly errors: string | null;
};

/** What the command was told; throws the way to say it where that is something else. */
export function readImportArgs(args: string[]): ImportArgs {
  const text = { type: "string" } as const;
  const read = () =>
    parseArgs({
      args,
      options: {
        tenant: text,
        app: text,
        file: text,
        environment: text,
        format: text,
        mapping: text,
        errors: text,
        "dry-run": { type: "boolean" },
      },
    }).values;
  let values: ReturnType<typeof read>;
  try {
    values = read();
  } catch {
    throw new OperatorError(usage);
  }
  const { tenant, app, file, environment = "production", format = null } = values;
  if (!tenant || !app || !file) throw new OperatorError(usage);
  if (environment !== "production" && environment !== "test") throw new OperatorError(usage);
  if (format !== null && format !== "ndjson" && format !== "csv" && format !== "litellm")
    throw new OperatorError(usage);
  // npm runs in the checkout, whatever folder it was called in.
  const at = (name: string): string => path.resolve(process.env.INIT_CWD ?? ".", name);
  return {
    tenant,
    app,
    file: at(file),
    environment,
    format,
    mapping: values.mapping ? at(values.mapping) : null,
    dryRun: values["dry-run"] === true,
    errors: values.errors ? at(values.errors) : null,
  };
}

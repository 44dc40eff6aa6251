import { parseArgs } from "node:util";
import { ownerUrl } from "../database/owner-url.ts";
import { OperatorError } from "../state/operator-error.ts";
import { deploymentFor, runAs } from "../supervisor/run-alone.ts";
import { reportAndExit } from "../supervisor/until-stopped.ts";
import { withParent } from "../supervisor/with-parent-arg.ts";

const usage = `npm run admin -- COMMAND

  create --email EMAIL --name NAME [--deployment-admin]   somebody who may sign in
  reset-password --email EMAIL                            another password; ends what is open under the old one
  disable --email EMAIL                                   signs in no more; ends what is open
  enable --email EMAIL                                    signs in again, with the password there was
  grant-admin --email EMAIL                               administers the deployment
  withdraw-admin --email EMAIL                            administers it no more
  member --email EMAIL --tenant SLUG --role ROLE          a member of a tenant, or another role there:
                                                          admin, officer, auditor or developer
  list                                                    everybody

  let-in --email EMAIL                                    another password that counts for an hour, also where passwords
                                                          are switched off; ends what is open
  reset-second-factor --email EMAIL                       the password alone signs in again; ends what is open
  refused                                                 who came from the identity provider and is bound to nobody
  bind --email EMAIL --subject SUBJECT                    whom the provider means by this subject
  unbind --email EMAIL                                    ends that, and the sessions opened by it

  rotate-master-key                                       seals every secret under DOMICILE_MASTER_KEY that was sealed under
                                                          DOMICILE_MASTER_KEY_PREVIOUS; harmless to repeat

A password is generated and printed once. With --password-stdin it is read from standard input, up to the end of its first line.`;

/** Each with the options it needs, and those it takes besides. */
const commands: Readonly<Record<string, { needs: readonly string[]; takes: readonly string[] }>> = {
  create: { needs: ["email", "name"], takes: ["deployment-admin", "password-stdin"] },
  "reset-password": { needs: ["email"], takes: ["password-stdin"] },
  disable: { needs: ["email"], takes: [] },
  enable: { needs: ["email"], takes: [] },
  "grant-admin": { needs: ["email"], takes: [] },
  "withdraw-admin": { needs: ["email"], takes: [] },
  member: { needs: ["email", "tenant", "role"], takes: [] },
  list: { needs: [], takes: [] },
  "let-in": { needs: ["email"], takes: [] },
  "reset-second-factor": { needs: ["email"], takes: [] },
  refused: { needs: [], takes: [] },
  bind: { needs: ["email", "subject"], takes: [] },
  unbind: { needs: ["email"], takes: [] },
  "rotate-master-key": { needs: [], takes: [] },
};

/**
 * `npm run admin`: does it under the role of the web process, whose verbs they are; what no process may do, as the owner of the
 * database.
 */
export async function adminCommand(args: string[]): Promise<void> {
  try {
    const request = requestOf(args);
    const program = [...withParent(), "lib/admin/main.ts", JSON.stringify(request)];
    const deployment = await deploymentFor("web");
    const more = {
      // Its answer is for people; what it would log is in the answer.
      LOG_LEVEL: process.env.LOG_LEVEL || "error",
      ...(request.do === "rotate-master-key" && { DATABASE_URL: ownerUrl(deployment.settings) }),
    };
    process.exit(await runAs("web", deployment, program, more, "inherit"));
  } catch (error) {
    reportAndExit(error);
  }
}

/** trust: the program checks it once more. No password may be in it: it is seen in the list of processes. */
export function requestOf(args: string[]): Record<string, string | boolean> {
  const { positionals, values } = parse(args);
  const [command = "", ...more] = positionals;
  const spec = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!spec || more.length > 0) throw new OperatorError(usage);
  for (const name of spec.needs)
    if (!values[name]) throw new OperatorError(`${command} needs --${name}.\n\n${usage}`);
  for (const name of Object.keys(values))
    if (!spec.needs.includes(name) && !spec.takes.includes(name))
      throw new OperatorError(`${command} takes no --${name}.\n\n${usage}`);
  const { "deployment-admin": deploymentAdmin, "password-stdin": passwordStdin, ...rest } = values;
  return {
    do: command,
    ...rest,
    ...(spec.takes.includes("deployment-admin") && { deploymentAdmin: deploymentAdmin === true }),
    ...(spec.takes.includes("password-stdin") && { passwordStdin: passwordStdin === true }),
  };
}

function parse(args: string[]): { positionals: string[]; values: Record<string, string | boolean> } {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        email: text,
        name: text,
        tenant: text,
        role: text,
        subject: text,
        "deployment-admin": flag,
        "password-stdin": flag,
      },
    });
    return { positionals, values: { ...values } as Record<string, string | boolean> };
  } catch (cause) {
    throw new OperatorError(`${(cause as Error).message}\n\n${usage}`, { cause });
  }
}

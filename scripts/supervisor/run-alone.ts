import path from "node:path";
import { directUrls, urlVariable } from "../database/direct-urls.ts";
import { databaseName } from "../database/prepare.ts";
import { loginRole, type ProcessRole, processRoles, withCredentials } from "../database/process-roles.ts";
import { keptPasswords, provisionRoles } from "../database/provision-roles.ts";
import { ownerRole } from "../postgres/embedded.ts";
import { checkout, openHome, readJson } from "../state/home.ts";
import { OperatorError } from "../state/operator-error.ts";
import { masterKey, previousMasterKey, readSecrets } from "../state/secrets.ts";
import { loadDotEnv, readRemembered, readSettings, type Settings } from "../state/settings.ts";
import { isStopping, spawnTracked, stopChildren, stopGraceMs } from "./children.ts";
import { type Deployment, serviceArgs, serviceEnv } from "./services.ts";
import { reportAndExit, untilStopped } from "./until-stopped.ts";

/**
 * One process by itself, its log on stdout. It neither installs, migrates nor builds: `npm start`, or
 * `npm ci`, `npm run prisma -- migrate deploy` and `npm run build`, come before it.
 */
export async function runAlone(name: string): Promise<void> {
  try {
    if (!isProcess(name)) throw new OperatorError(`Which process? One of: ${processRoles.join(", ")}.`);
    const deployment = await deploymentFor(name);
    process.exit(await runAs(name, deployment, serviceArgs(name, deployment)));
  } catch (error) {
    reportAndExit(error);
  }
}

/** Runs a program with the environment of a process, to its end or ours; answers its exit status. */
export async function runAs(
  name: ProcessRole,
  deployment: Deployment,
  args: string[],
  more: Readonly<Record<string, string>> = {},
  stdin: "ignore" | "inherit" = "ignore",
): Promise<number> {
  const child = spawnTracked(process.execPath, args, {
    cwd: checkout,
    env: { ...serviceEnv(name, deployment), ...more },
    stdio: [stdin, "inherit", "inherit"],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      // Next ends with 143 when it is told to: to whoever looks after us that is no failure.
      const asTold = isStopping() && (code === 143 || signal === "SIGTERM");
      resolve(asTold ? 0 : (code ?? 1));
    });
  });
  const graceMs = stopGraceMs(deployment.settings.drainSeconds);
  return Promise.race([ended, untilStopped().then(() => stopChildren(graceMs).then(() => 0))]);
}

/** What a process that others look after is told, from the environment and `DOMICILE_HOME`. */
export async function deploymentFor(name: ProcessRole): Promise<Deployment> {
  loadDotEnv();
  const settings = readSettings();
  openHome(settings.home);
  const url = await urlOf(name, settings);
  return {
    settings,
    masterKey: name === "signer" ? "" : masterKey(settings.home),
    previousMasterKey: name === "signer" ? "" : previousMasterKey(settings.home),
    urls: { web: url, gateway: url, worker: url, signer: url },
    directUrls: directUrls({ [name]: url }, settings),
    demo: settings.demo ?? readRemembered(settings.home).demo ?? false,
    development: false,
  };
}

const isProcess = (name: string): name is ProcessRole => (processRoles as readonly string[]).includes(name);

/** Its own address when given; else its role in the owner's database, or in the embedded one that runs. */
async function urlOf(name: ProcessRole, settings: Settings): Promise<string> {
  const variable = urlVariable(name);
  const given = process.env[variable];
  if (given) return given;
  if (settings.databaseUrl)
    return (await provisionRoles(settings.databaseUrl, keptPasswords(settings.home)))[name];
  const embedded = readJson<{ port: number }>(path.join(settings.home, "postgres.json"));
  const password = readSecrets(settings.home).roles?.[loginRole(databaseName, name)];
  if (!embedded || !password) {
    throw new OperatorError(
      `There is no database for ${name} yet. Set ${variable} or DATABASE_URL, or run npm start once.`,
    );
  }
  const owner = `postgresql://${ownerRole}@127.0.0.1:${embedded.port}/${databaseName}`;
  return withCredentials(owner, loginRole(databaseName, name), password);
}

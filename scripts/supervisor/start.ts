import path from "node:path";
import { performance } from "node:perf_hooks";
import { isFree } from "../postgres/ports.ts";
import { isAlive } from "../postgres/postmaster.ts";
import { checkout, openHome, readJson } from "../state/home.ts";
import { lockHome } from "../state/lock.ts";
import { OperatorError } from "../state/operator-error.ts";
import { masterKey as masterKeyOf } from "../state/secrets.ts";
import { loadDotEnv, readSettings, type Settings } from "../state/settings.ts";
import { buildWeb, generateClient, needsBuild, needsGenerate } from "./build.ts";
import { stopChildren, stopGraceMs } from "./children.ts";
import { requireFreeSpace } from "./disk.ts";
import { installPackages, missingPackages } from "./install.ts";
import { seconds, step } from "./progress.ts";
import { startProvider } from "./provider.ts";
import { runService, whenHealthy } from "./run-service.ts";
import { type Deployment, gatewayUrl, localWebUrl, publicGatewayUrl, webUrl } from "./services.ts";
import { reportAndExit, untilStopped } from "./until-stopped.ts";

const undo: (() => Promise<void> | void)[] = [];
let graceMs: number | undefined;

/**
 * `npm start` and `npm run dev`: from a fresh clone to a running product, in the foreground until it is stopped.
 * Node's built-ins alone until the packages are installed; what needs a package is imported after that.
 */
export async function startDomicile(mode: "start" | "dev"): Promise<void> {
  const began = performance.now();
  const stopped = untilStopped();
  try {
    const stopping = await Promise.race([stopped, run(mode, began)]);
    console.log(`\n  Stopping (${stopping})`);
    await stopAll();
    console.log("  Stopped");
    process.exit(0);
  } catch (error) {
    await stopAll();
    reportAndExit(error);
  }
}

/** Never resolves while all is well; rejects when something that must run has ended. */
async function run(mode: "start" | "dev", began: number): Promise<never> {
  loadDotEnv();
  const settings = readSettings();
  graceMs = stopGraceMs(settings.drainSeconds);
  openHome(settings.home);
  const lock = lockHome(settings.home);
  undo.push(lock.release);
  await requirePorts(settings, lock.takenOver ? 15_000 : 0);
  if (lock.takenOver) await whenSignerGone(settings.home, 15_000);
  console.log(`\n  Domicile, from ${checkout}\n`);

  const missing = missingPackages(false);
  const build = mode === "start";
  requireFreeSpace(checkout, missing.length > 0 ? 2_000 : build && needsBuild() ? 600 : 100);
  requireFreeSpace(settings.home, 200);
  if (missing.length > 0)
    await step("Installing packages (npm ci)", "Packages installed", () => installPackages(false));

  const masterKey = masterKeyOf(settings.home);
  const { openStore } = await import("../database/prepare.ts");
  const opened = step(
    settings.databaseUrl ? "Looking at the database" : "Starting PostgreSQL",
    (store) => `PostgreSQL ${store.server?.adopted ? "taken over from the run before" : "ready"}`,
    () => openStore(settings),
  );
  // Before it is there: a failure or a signal in between must not leave it running.
  if (!settings.databaseUrl) undo.push(async () => (await opened.catch(() => null))?.server?.stop());
  const generated = needsGenerate()
    ? step("Generating the database client", "Database client generated", generateClient)
    : Promise.resolve();
  const [store] = await both(opened, generated);
  const built =
    build && needsBuild()
      ? step("Building the pages (next build)", "Pages built", buildWeb)
      : build
        ? Promise.resolve()
        : import("./bundle-verifier.ts").then(({ bundleVerifier }) => bundleVerifier());
  const prepared = import("./prepare-deployment.ts").then(({ prepareDeployment }) =>
    prepareDeployment(settings, store, masterKey, mode === "dev"),
  );
  const [deployment] = await both(prepared, built);

  const died = await startServices(deployment);
  await announce(settings, deployment, began);
  const ended = await Promise.race(
    store.server ? [...died, store.server.died.then((words) => new OperatorError(words))] : died,
  );
  throw ended;
}

async function startServices(deployment: Deployment): Promise<Promise<OperatorError>[]> {
  const { settings, demo, development } = deployment;
  return step("Starting the services", "Services started", async () => {
    const provider = demo ? await startProvider(deployment) : null;
    const gateway = runService("gateway", deployment);
    const web = runService("web", deployment);
    const others = [runService("worker", deployment), runService("signer", deployment)];
    const all = [gateway, web, ...others, ...(provider ? [provider] : [])];
    await Promise.race([
      Promise.all([
        whenHealthy(gateway, `${gatewayUrl(settings)}/healthz`),
        whenHealthy(web, `${localWebUrl(settings)}/healthz`, development ? 120_000 : 60_000),
      ]),
      ...all.map(({ died }) => died.then((error) => Promise.reject(error))),
    ]);
    return all.map(({ died }) => died);
  });
}

async function announce(settings: Settings, deployment: Deployment, began: number): Promise<void> {
  const { demoBlock, refreshDemoFile } = await import("./demo.ts");
  const { hasPeople } = await import("../database/has-people.ts");
  const demo = deployment.demo ? refreshDemoFile(settings) : null;
  const lines = [
    "",
    "  Domicile is ready",
    "",
    `  Web      ${webUrl(settings)}`,
    `  Gateway  ${publicGatewayUrl(settings).replace(/\/+$/, "")}/v1`,
    `  Logs     ${settings.home}/logs`,
    "",
    ...(demo ? [...demoBlock(demo, settings.home), ""] : []),
    ...((await hasPeople(deployment.urls.web)) ? [] : [...firstPersonBlock, ""]),
    `  Started in${seconds(began)}. Ctrl-C stops everything.`,
    "",
  ];
  console.log(lines.join("\n"));
}

const firstPersonBlock = [
  "  Nobody can sign in yet. This makes the first administrator, and prints the password once:",
  "",
  '    npm run admin -- create --email you@example.com --name "Your Name" --deployment-admin',
];

/** `withinMs`: the services of a run that was killed need a moment to notice. */
async function requirePorts({ host, port, gatewayPort }: Settings, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (const [name, number] of [
    ["PORT", port],
    ["GATEWAY_PORT", gatewayPort],
  ] as const) {
    let free = await isFree(number, host);
    while (!free && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      free = await isFree(number, host);
    }
    if (free) continue;
    throw new OperatorError(
      `Port ${number} is taken by another program. Stop it, or set ${name} to a free port.`,
    );
  }
}

/** There is exactly one signer: that of a run that was killed must have noticed before ours asks for its place. */
async function whenSignerGone(home: string, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  const holder = () => readJson<{ pid: number }>(path.join(home, "signer", "lock.json"));
  for (let held = holder(); held && isAlive(held.pid) && performance.now() < deadline; held = holder())
    await new Promise((resolve) => setTimeout(resolve, 100));
}

/** The first failure ends the start; what the other was doing is stopped with everything else. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  for (const each of [one, other]) each.catch(() => undefined);
  return Promise.all([one, other]);
}

/** Services first, the database last: what they still hold must find it. */
async function stopAll(): Promise<void> {
  await stopChildren(graceMs);
  for (const step of undo.splice(0).reverse()) await step();
}

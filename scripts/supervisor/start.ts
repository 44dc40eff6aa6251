import { performance } from "node:perf_hooks";
import { isFree } from "../postgres/ports.ts";
import { checkout, openHome } from "../state/home.ts";
import { lockHome } from "../state/lock.ts";
import { OperatorError } from "../state/operator-error.ts";
import { masterKey as masterKeyOf } from "../state/secrets.ts";
import { loadDotEnv, readSettings, type Settings } from "../state/settings.ts";
import { buildWeb, generateClient, needsBuild, needsGenerate } from "./build.ts";
import { stopChildren } from "./children.ts";
import { requireFreeSpace } from "./disk.ts";
import { installPackages, missingPackages } from "./install.ts";
import { seconds, step } from "./progress.ts";
import { startProvider } from "./provider.ts";
import { runService, whenHealthy } from "./run-service.ts";
import { type Deployment, gatewayUrl, webUrl } from "./services.ts";
import { reportAndExit, untilStopped } from "./until-stopped.ts";

const undo: (() => Promise<void> | void)[] = [];

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
  openHome(settings.home);
  const release = lockHome(settings.home);
  undo.push(release);
  await requirePorts(settings);
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
    async () => {
      const store = await openStore(settings);
      // At once, so that a failure elsewhere cannot leave it running.
      if (store.server) undo.push(() => store.server?.stop());
      return store;
    },
  );
  const generated = needsGenerate()
    ? step("Generating the database client", "Database client generated", generateClient)
    : Promise.resolve();
  const [store] = await settled([opened, generated]);
  const built =
    build && needsBuild()
      ? step("Building the pages (next build)", "Pages built", buildWeb)
      : Promise.resolve();
  const prepared = import("./prepare-deployment.ts").then(({ prepareDeployment }) =>
    prepareDeployment(settings, store, masterKey, mode === "dev"),
  );
  const [deployment] = await settled([prepared, built]);

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
    const [gateway, worker, web] = (["gateway", "worker", "web"] as const).map((name) =>
      runService(name, deployment),
    );
    if (!gateway || !worker || !web) throw new Error("a service was not started");
    const all = [gateway, worker, web, ...(provider ? [provider] : [])];
    await Promise.race([
      Promise.all([
        whenHealthy(gateway, `${gatewayUrl(settings)}/healthz`),
        whenHealthy(
          web,
          `http://${new URL(webUrl(settings)).hostname}:${settings.port}/healthz`,
          development ? 120_000 : 60_000,
        ),
      ]),
      ...all.map(({ died }) => died.then((error) => Promise.reject(error))),
    ]);
    return all.map(({ died }) => died);
  });
}

async function announce(settings: Settings, deployment: Deployment, began: number): Promise<void> {
  const { demoBlock, refreshDemoFile } = await import("./demo.ts");
  const demo = deployment.demo ? refreshDemoFile(settings) : null;
  const lines = [
    "",
    "  Domicile is ready",
    "",
    `  Web      ${webUrl(settings)}`,
    `  Gateway  ${gatewayUrl(settings)}/v1`,
    `  Logs     ${settings.home}/logs`,
    "",
    ...(demo ? [...demoBlock(demo, settings.home), ""] : []),
    `  Started in${seconds(began)}. Ctrl-C stops everything.`,
    "",
  ];
  console.log(lines.join("\n"));
}

async function requirePorts({ host, port, gatewayPort }: Settings): Promise<void> {
  for (const [name, number] of [
    ["PORT", port],
    ["GATEWAY_PORT", gatewayPort],
  ] as const) {
    if (await isFree(number, host)) continue;
    throw new OperatorError(
      `Port ${number} is taken by another program. Stop it, or set ${name} to a free port.`,
    );
  }
}

/** Both to their end, then the first failure: nothing goes on in the background of an error. */
async function settled<A, B>(both: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  const results = await Promise.allSettled(both);
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return Promise.all(both);
}

/** Services first, the database last: what they still hold must find it. */
async function stopAll(): Promise<void> {
  await stopChildren();
  for (const step of undo.splice(0).reverse()) await step();
}

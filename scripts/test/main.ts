import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { checkout } from "../state/home.ts";
import { buildWeb, generateClient, needsBuild, needsGenerate } from "../supervisor/build.ts";
import { isStopping, runTracked, stopChildren } from "../supervisor/children.ts";
import { requireFreeSpace } from "../supervisor/disk.ts";
import { installPackages, missingPackages } from "../supervisor/install.ts";
import { seconds, step } from "../supervisor/progress.ts";
import { untilStopped } from "../supervisor/until-stopped.ts";
import {
  type Counts,
  countPlaywright,
  countVitest,
  lastLine,
  none,
  oneFailed,
  onePassed,
  sum,
} from "./tally.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-npm-test-"));
const tallied: Counts[] = [];
const undo: (() => Promise<void>)[] = [() => fs.promises.rm(folder, { recursive: true, force: true })];

/** Runs every check there is, whatever fails before it, and ends in one line with the counts. */
export async function testDomicile(): Promise<void> {
  const began = performance.now();
  const stopped = untilStopped().then((why) => {
    throw new Error(`stopped by ${why}`);
  });
  try {
    await Promise.race([runAll(), stopped]);
  } catch (error) {
    tallied.push(oneFailed);
    console.error(`\n${error instanceof Error ? error.message : error}\n`);
  }
  await stopChildren();
  for (const each of undo.reverse()) await each().catch((error) => console.error(error));
  const total = sum(tallied);
  console.log(`\n  All of it took${seconds(began)}\n`);
  console.log(lastLine(total));
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}

async function runAll(): Promise<void> {
  console.log(`\n  Testing ${checkout}\n`);
  // Tests start processes of the product a hundred times: what the first of them has compiled, the others read.
  process.env.NODE_COMPILE_CACHE ??= path.join(folder, "compiled");
  const missing = missingPackages(true);
  requireFreeSpace(checkout, missing.length > 0 ? 2_500 : 700);
  if (missing.length > 0)
    await step("Installing packages (npm ci)", "Packages installed", () => installPackages(true));
  if (needsGenerate())
    await step("Generating the database client", "Database client generated", generateClient);

  const { startTestServer } = await import("../../lib/testing/database-server.ts");
  const server = await step(
    "Starting PostgreSQL and migrating",
    "PostgreSQL ready, database migrated",
    startTestServer,
  );
  undo.push(server.stop);
  Object.assign(process.env, server.environment);

  await check("page types (next typegen)", () => runNode("next/dist/bin/next", ["typegen"]));
  const { staticChecks } = await import("./static-checks.ts");
  await inLanes(staticChecks(server.environment.TEST_DATABASE_URL), ({ name, run }) => check(name, run));
  // A test often waits for its database or a process of its own: in those moments the pages are built.
  await Promise.all([
    counted("unit and integration tests (vitest)", runVitest),
    check("production build (next build)", async () => {
      if (needsBuild()) await buildWeb({ isPatient: true });
    }),
  ]);
  await counted("browser tests (playwright)", runPlaywright);
}

/** Two at a time: most tools use one processor. */
async function inLanes<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const lane = async (): Promise<void> => {
    for (const item of left) await run(item);
  };
  await Promise.all([lane(), lane()]);
}

/** One check is one passed or one failed; the rest goes on. */
async function check(name: string, run: () => Promise<unknown>): Promise<void> {
  await counted(name, async () => {
    await run();
    return onePassed;
  });
}

async function counted(name: string, run: () => Promise<Counts>): Promise<void> {
  if (isStopping()) return;
  let counts = none;
  try {
    await step(
      name,
      () => `${name}: ${lastLine(counts)}`,
      async () => {
        counts = await run();
        if (counts.failed > 0) throw new Error(`${name}: ${lastLine(counts)}`);
      },
    );
  } catch (error) {
    if (isStopping()) return;
    if (counts === none) counts = oneFailed;
    console.log(`\n${error instanceof Error ? error.message : error}\n`);
  }
  tallied.push(counts);
}

const runNode = (program: string, args: string[]): Promise<string> =>
  runTracked(program, process.execPath, [path.join(checkout, "node_modules", program), ...args], {
    cwd: checkout,
    env: { ...process.env, FORCE_COLOR: "0" },
    tailLines: 1_000,
  });

async function runVitest(): Promise<Counts> {
  const file = path.join(folder, "vitest.json");
  const args = ["run", "--reporter=json", `--outputFile=${file}`, "--reporter=dot"];
  const output = await runNode("vitest/vitest.mjs", args).catch((error: Error) => error.message);
  return counts(file, output, countVitest);
}

async function runPlaywright(): Promise<Counts> {
  const { findChromium } = await import("./chromium.ts");
  process.env.CHROMIUM_PATH = await findChromium();
  const file = path.join(folder, "playwright.json");
  process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = file;
  const output = await runNode("@playwright/test/cli.js", ["test", "--reporter=json,list"]).catch(
    (error: Error) => error.message,
  );
  return counts(file, output, countPlaywright);
}

/** What the runner wrote down; its own words as well when something failed, or when it wrote nothing. */
function counts<Report>(file: string, output: string, count: (report: Report) => Counts): Counts {
  if (!fs.existsSync(file)) throw new Error(output);
  const result = count(JSON.parse(fs.readFileSync(file, "utf8")) as Report);
  if (result.failed > 0) console.log(`\n${output}\n`);
  return result;
}

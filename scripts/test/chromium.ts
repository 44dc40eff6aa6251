import fs from "node:fs";
import { runTracked } from "../supervisor/children.ts";

/** The one without windows first: pages cost it little more than half of the processor time. */
const installed = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
];

/**
 * The path of a Chromium: the one asked for, the system's, Playwright's own, one that Playwright can download,
 * or, as root on Debian, one that apt can install. Throws with what to do where none of them is to be had.
 */
export async function findChromium(): Promise<string> {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (fs.existsSync(asked)) return asked;
    throw new Error(`CHROMIUM_PATH=${asked} does not exist.`);
  }
  const found = installed.find((file) => fs.existsSync(file));
  if (found) return found;
  const { chromium } = await import("@playwright/test");
  const own = chromium.executablePath();
  if (fs.existsSync(own)) return own;
  const tried: string[] = [];
  const attempt = async (label: string, command: string, args: string[]): Promise<void> => {
    try {
      await runTracked(label, command, args, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    } catch (error) {
      tried.push((error as Error).message.split("\n").slice(0, 4).join("\n"));
    }
  };
  await attempt("playwright install chromium", process.execPath, [
    "node_modules/@playwright/test/cli.js",
    "install",
    "chromium",
  ]);
  if (fs.existsSync(own)) return own;
  if (process.getuid?.() === 0 && fs.existsSync("/usr/bin/apt-get")) {
    await attempt("apt-get update", "apt-get", ["update", "-q"]);
    for (const name of ["chromium-headless-shell", "chromium"]) {
      await attempt(`apt-get install ${name}`, "apt-get", [
        "install",
        "-y",
        "-q",
        "--no-install-recommends",
        name,
      ]);
      if (fs.existsSync(`/usr/bin/${name}`)) return `/usr/bin/${name}`;
    }
  }
  throw new Error(
    `No Chromium was found and none could be installed.\n${tried.join("\n")}\n` +
      "Install one (Debian: apt-get install chromium-headless-shell; elsewhere: npx playwright install --with-deps chromium), or set CHROMIUM_PATH.",
  );
}

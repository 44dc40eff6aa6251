import fs from "node:fs";
import { defineConfig, devices } from "@playwright/test";

const installed = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
const chromium = process.env.CHROMIUM_PATH ?? installed.find((file) => fs.existsSync(file));
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-dev-shm-usage",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // The product is started once, from nothing, with its demo; every spec shares it.
  globalSetup: "./e2e/fixtures/start-product.ts",
  // Files side by side, tests of a file one after the other: what a file changes, no other looks at.
  workers: 2,
  forbidOnly: true,
  retries: 0,
  // They end what hangs, and nothing else: a slow machine under load takes its time.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    // Recording every test to keep those that fail costs a slow machine minutes; `--trace on` asks for it.
    trace: "off",
    screenshot: "only-on-failure",
    timezoneId: "Europe/Berlin",
    locale: "en-GB",
    // No test is about motion, and to draw frame by frame what nobody looks at takes up to a sixth of the browser's time.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [...quiet, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
    },
  },
});

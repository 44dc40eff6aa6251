import { randomBytes } from "node:crypto";
import type { BenchResult } from "./bench-result.ts";

const benches: Readonly<
  Record<string, () => Promise<{ measure(args: readonly string[]): Promise<BenchResult> }>>
> = {
  append: () => import("./append.ts"),
  boot: () => import("./boot.ts"),
  export: () => import("./export.ts"),
  gateway: () => import("./gateway.ts"),
  intake: () => import("./intake.ts"),
  judge: () => import("./judge.ts"),
  queries: () => import("./queries.ts"),
  report: () => import("./report.ts"),
  verify: () => import("./verify.ts"),
};

/** Runs one measurement; its words go to stdout, and the last line is one JSON object. */
export async function runBench(name: string, args: readonly string[] = []): Promise<void> {
  const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!load) {
    console.error(`Which measurement? One of: ${Object.keys(benches).join(", ")}.`);
    process.exit(2);
  }
  // Nothing of a real deployment is touched, nor needed.
  process.env.DOMICILE_MASTER_KEY = randomBytes(32).toString("base64url");
  process.env.LOG_LEVEL = "error";
  const { measure } = await load();
  // `npm run bench -- NAME -- --option` says the same as without the second `--`.
  const options = args[0] === "--" ? args.slice(1) : args;
  console.log(JSON.stringify({ bench: name, ...(await measure(options)) }));
}

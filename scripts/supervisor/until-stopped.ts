/**
 * Resolves when somebody wants us to end: Ctrl-C, SIGTERM, SIGHUP, or the death of our parent (npm's shell dies
 * of a signal without handing it on). `DOMICILE_LAUNCHER`: the process of `scripts/runtime.mjs` that started us under a
 * newer Node, told because it may be gone before we look. Keeps the process alive until then.
 */
export function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve(signal));
    const parent = Number(process.env.DOMICILE_LAUNCHER) || process.ppid;
    delete process.env.DOMICILE_LAUNCHER;
    setInterval(() => process.ppid !== parent && resolve("the end of its parent"), 300);
  });
}

/** An operator's problem in its own words, a bug with its stack; always a non-zero exit. */
export function reportAndExit(error: unknown): never {
  const known = error instanceof Error && error.name === "OperatorError";
  console.error(known ? `\n${error.message}\n` : error);
  process.exit(1);
}

import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { OperatorError } from "../state/operator-error.ts";
import type { Binaries, Ids } from "./binaries.ts";

type ClusterOptions = {
  binaries: Binaries;
  dataDir: string;
  user: Ids | null;
  password: string;
  throwaway: boolean;
};

/**
 * initdb: data checksums on, one collation on every machine, passwords for everyone.
 * crash: made under another name and renamed when whole, so that half a cluster is never started.
 */
export async function createCluster({
  binaries,
  dataDir,
  user,
  password,
  throwaway,
}: ClusterOptions): Promise<void> {
  const draft = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) {
    fs.chownSync(draft, user.uid, user.gid);
    fs.chownSync(passwordFile, user.uid, user.gid);
  }
  const args = [
    ...[
      "-D",
      draft,
      "-U",
      "postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--data-checksums",
    ],
    ...[
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--locale=C",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
    ],
    ...(throwaway ? ["--no-sync"] : []),
  ];
  try {
    await run(binaries.initdb, args, user, path.dirname(dataDir));
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
  fs.renameSync(draft, dataDir);
}

function run(program: string, args: string[], user: Ids | null, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" } as const;
    const child = spawn(program, args, { ...(user ?? {}), cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.once("error", (cause) =>
      reject(new OperatorError(`initdb could not be run: ${cause.message}`, { cause })),
    );
    child.once("close", (code) => {
      if (code === 0) return resolve();
      const full = /No space left on device/.test(output);
      reject(
        new OperatorError(
          full ? `The disk is full: the database in ${cwd} could not be made.` : `initdb failed:\n${output}`,
        ),
      );
    });
  });
}

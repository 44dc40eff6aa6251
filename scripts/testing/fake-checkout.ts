import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { checkout } from "../state/home.ts";

/**
 * A checkout with our own scripts and migrations, and processes that only listen: for tests of starting and
 * stopping, not of the product. Its path has a space in it, as a path may.
 */
export function makeFakeCheckout(): { folder: string; home: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile checkout "));
  fs.chmodSync(folder, 0o755);
  const notTests = (source: string): boolean => !source.endsWith(".test.ts");
  fs.cpSync(path.join(checkout, "scripts"), path.join(folder, "scripts"), {
    recursive: true,
    filter: notTests,
  });
  // `components/verify`: the verifier's page is bundled before the pages are built.
  for (const code of ["lib", "components/ui", "components/verify"]) {
    fs.cpSync(path.join(checkout, code), path.join(folder, code), { recursive: true, filter: notTests });
  }
  for (const file of ["prisma/schema", "prisma/migrations", "prisma.config.ts"]) {
    fs.cpSync(path.join(checkout, file), path.join(folder, file), { recursive: true });
  }
  linkPackages(folder);
  const write = (file: string, text: string): void => {
    const at = path.join(folder, file);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(at, text);
  };
  write("package.json", '{ "private": true, "type": "module" }');
  write("package-lock.json", '{ "packages": {} }');
  write("node_modules/next/package.json", '{ "name": "next", "type": "commonjs" }');
  write("node_modules/next/dist/bin/next", fakeNext);
  for (const name of ["gateway", "worker", "signer"]) write(`lib/${name}/main.ts`, fakeService);
  write("lib/providers/simulated/main.ts", fakeProvider);
  write("prisma/seed/main.ts", fakeSeed);
  return {
    folder,
    home: path.join(folder, ".domicile"),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

function linkPackages(folder: string): void {
  const from = path.join(checkout, "node_modules");
  const to = path.join(folder, "node_modules");
  fs.mkdirSync(to, { recursive: true });
  const wanted = fs.readdirSync(from).filter((name) => !["next", ".package-lock.json"].includes(name));
  for (const name of wanted) fs.symlinkSync(path.join(from, name), path.join(to, name));
}

const fakeNext = `
const fs = require("node:fs");
if (process.argv[2] === "build") {
  fs.mkdirSync(".next", { recursive: true });
  fs.writeFileSync(".next/BUILD_ID", "fake");
} else {
  require("node:http").createServer((request, response) => response.end("ok")).listen(Number(process.env.PORT), "127.0.0.1");
}
`;

const fakeService = `
import { createServer } from "node:http";
if (process.env.FAKE_DEATH === process.env.DOMICILE_PROCESS) {
  console.log("the " + process.env.FAKE_DEATH + " gave up");
  process.exit(7);
}
if (process.env.FAKE_STUBBORN === process.env.DOMICILE_PROCESS) process.on("SIGTERM", () => {});
if (process.env.DOMICILE_PROCESS === "gateway") {
  createServer((request, response) => response.end("ok")).listen(Number(process.env.GATEWAY_PORT), "127.0.0.1");
} else setInterval(() => {}, 1000);
`;

const fakeProvider = `
import { createServer } from "node:net";
import { renameSync, writeFileSync } from "node:fs";
const file = process.env.DOMICILE_HOME + "/provider.json";
const server = createServer().listen(0, "127.0.0.1", () => {
  const { port } = server.address() as { port: number };
  writeFileSync(file + ".new", JSON.stringify({ port, caFile: "/none", connectTo: "a=127.0.0.1:" + port }));
  renameSync(file + ".new", file);
});
`;

const fakeSeed = `
import { writeFileSync } from "node:fs";
const users = [{ email: "ada@example.test", password: "correct horse", role: "admin" }];
const file = { web: "", gateway: "", users, tenants: [] };
writeFileSync(process.env.DOMICILE_HOME + "/demo.json", JSON.stringify(file), { mode: 0o600 });
`;

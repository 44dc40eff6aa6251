#!/usr/bin/env node
// Stands in for Prisma's native schema engine: the same JSON-RPC over stdio, answered by the WebAssembly
// build of the same engine commit. PRISMA_SCHEMA_ENGINE_BINARY points here; the Prisma CLI starts it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { connectionOf, MigrationAdapter } from "./schema-engine-adapter.mjs";

const engineCommit = "0edf323efd1d98336f3f0a68684b56f689b900d3";
if (process.argv[2] === "--version") {
  console.log(`schema-engine-cli ${engineCommit}`);
  process.exit(0);
}
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: "string", multiple: true },
    datasource: { type: "string" },
    "enabled-preview-features": { type: "string" },
    "extension-types": { type: "string" },
  },
});
const url = options.datasource ? JSON.parse(options.datasource).url : undefined;

if (positionals[0] === "cli") await runCommand(positionals[1]);
else serve();

/** The two questions the CLI asks before it speaks JSON-RPC. */
async function runCommand(command) {
  try {
    if (command === "can-connect-to-database") {
      const client = new pg.Client(connectionOf(url));
      await client.connect();
      await client.end();
    } else if (command === "create-database") await createDatabase();
    process.exit(0);
  } catch (error) {
    const code = { "3D000": "P1003", "28P01": "P1000" }[error.code] ?? "P1001";
    const fields = { error_code: code, message: String(error.message || error.code), is_panic: false };
    process.stderr.write(
      `\n${JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields })}\n`,
    );
    process.exit(1);
  }
}

async function createDatabase() {
  const { database } = connectionOf(url);
  const client = new pg.Client(connectionOf(url, "postgres"));
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`);
    return { databaseName: database };
  } finally {
    await client.end();
  }
}

function serve() {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  let queue = Promise.resolve();
  lines.on("line", (line) => {
    queue = queue.then(() => handle(line));
  });
  lines.on("close", () => queue.finally(() => process.exit(0)));
}

async function handle(line) {
  const { id, method, params } = JSON.parse(line);
  if (!method) return;
  try {
    const result = method === "createDatabase" ? await createDatabase() : await callEngine(method, params);
    write({ jsonrpc: "2.0", id, result: result ?? {} });
  } catch (error) {
    const data = {
      is_panic: false,
      message: error?.message ?? String(error),
      error_code: error?.code ?? null,
      meta: null,
    };
    const message = "An error happened. Check the data field for details.";
    write({ jsonrpc: "2.0", id, error: { code: 4466, message, data } });
  }
}

let printId = 1_000_000;
async function callEngine(method, params) {
  const adapters = new Set();
  try {
    const engine = await newEngine(adapters);
    if (method === "getDatabaseVersion") return await engine.version(params);
    if (method === "evaluateDataLoss") return await evaluateDataLoss(engine, params);
    if (method === "createMigration") return await createMigration(engine, params);
    const result = await engine[method](params);
    if (method !== "diff" || result.stdout == null) return result;
    // The native engine prints by calling back.
    write({ jsonrpc: "2.0", id: printId++, method: "print", params: { content: result.stdout } });
    return { ...result, stdout: null };
  } finally {
    for (const adapter of adapters) await adapter.dispose().catch(() => {});
  }
}

let wasm;
/** One engine per call: an instance can open its shadow database only once. */
async function newEngine(adapters) {
  if (!wasm) {
    const folder = dirname(
      createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"),
    );
    const bytes = readFileSync(resolve(folder, "schema_engine_bg.wasm"));
    wasm = (await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": bindings })).instance;
    bindings.__wbg_set_wasm(wasm.exports);
    wasm.exports.__wbindgen_start();
  }
  const datamodels = options.datamodels?.map((file) => [file, readFileSync(file, "utf8")]);
  const log = (entry) => process.env.DEBUG && process.stderr.write(`${entry}\n`);
  const factory = new MigrationAdapter(connectionOf(url), adapters);
  return bindings.SchemaEngine.new({ datamodels }, log, bindMigrationAwareSqlAdapterFactory(factory));
}

// The WebAssembly build fails to open the shadow database for these two; `diff` opens it reliably.

async function evaluateDataLoss(engine, params) {
  const lines = ((await pendingSql(engine, params)) ?? "").split("\n").map((line) => line.trim());
  return {
    migrationSteps: lines.filter((line) => /^(CREATE|ALTER|DROP)\b/.test(line)).length,
    unexecutableSteps: [],
    warnings: lines.flatMap((line, stepIndex) =>
      /\bDROP (TABLE|COLUMN|TYPE)\b|SET DATA TYPE/.test(line)
        ? [{ stepIndex, message: `Possible data loss: ${line}` }]
        : [],
    ),
  };
}

async function createMigration(engine, params) {
  const sql = await pendingSql(engine, params);
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const name = params.migrationName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, 200);
  return {
    connectorType: "postgresql",
    extension: "sql",
    migrationScript: sql ?? (params.draft ? "-- This is an empty migration." : null),
    generatedMigrationName: `${stamp}_${name}`.replace(/_$/, ""),
  };
}

async function pendingSql(engine, { migrationsList, schema, filters }) {
  const from = { tag: "migrations", ...migrationsList };
  const to = { tag: "schemaDatamodel", files: schema.files };
  const result = await engine.diff({ from, to, script: true, exitCode: true, filters });
  return result.exitCode === 2 ? result.stdout : null;
}

function write(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

import fs from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { csvMapping, type ImportSummary, importPartLimits } from "../../lib/contracts/imports.ts";
import { createPieceCutter, type FilePiece } from "../../lib/core/intake/cut-pieces.ts";
import { beginningBytes, createFirstRecords } from "../../lib/core/intake/first-records.ts";
import { ownGateway } from "../../lib/core/intake/own-gateway.ts";
import { formatOfFile, recordFormOf } from "../../lib/core/intake/record-form.ts";
import type { RawRecord } from "../../lib/core/intake/split-records.ts";
import { closeDatabases } from "../../lib/db/connection.ts";
import { gatewaySettings } from "../../lib/env/gateway-settings.ts";
import { intakeSettings } from "../../lib/env/intake-settings.ts";
import type { Actor } from "../../lib/services/actor.ts";
import { checkMasterKey } from "../../lib/services/deployment/check-master-key.ts";
import { createImport } from "../../lib/services/imports/create-import.ts";
import { endImport } from "../../lib/services/imports/end-import.ts";
import { finishImport } from "../../lib/services/imports/finish-import.ts";
import { listImportErrors } from "../../lib/services/imports/list-import-errors.ts";
import { getImport } from "../../lib/services/imports/list-imports.ts";
import { previewImport } from "../../lib/services/imports/preview-import.ts";
import { runImports } from "../../lib/services/imports/run-imports.ts";
import { takeImportPart } from "../../lib/services/imports/take-import-part.ts";
import { type Leads, openLeads } from "../../lib/services/jobs/open-leads.ts";
import { OperatorError } from "../state/operator-error.ts";
import type { ImportArgs } from "./import-args.ts";

type Role = "web" | "worker";

/** Of the two roles it works under, and past a pooler where one stands between. */
export type ImportUrls = {
  readonly urls: Readonly<Record<Role, string>>;
  readonly directUrls: Partial<Record<Role, string>>;
};

const self: Actor = { kind: "system", job: "import" };

/** Reads, sends and follows one file. Answers the exit status. Ctrl-C gives the import up; what is recorded stays. */
export async function importFile(args: ImportArgs, { urls, directUrls }: ImportUrls): Promise<number> {
  const { tenant, file } = args;
  const as = async <T>(role: Role, action: () => Promise<T>): Promise<T> => {
    process.env.DATABASE_URL = urls[role];
    process.env.DATABASE_DIRECT_URL = directUrls[role] ?? "";
    return action();
  };
  await as("web", checkMasterKey);
  const begun = await begin(args, as);
  const leads = openLeads();
  let stopped = false;
  process.once("SIGINT", () => {
    stopped = true;
  });
  let seen: ImportSummary = begun.summary;
  const { id, format } = begun.summary;
  try {
    const cutter = createPieceCutter({
      form: begun.form,
      skip: format === "csv" ? 1 : 0,
      ...importPartLimits,
    });
    const give = async (pieces: readonly FilePiece[]): Promise<void> => {
      for (const piece of pieces) {
        if (stopped) return;
        await as("web", () => takeImportPart(self, id, { tenant, ...piece }));
        show(`read ${percent(piece.bytesRead, begun.summary.fileBytes)}`);
      }
    };
    for await (const chunk of fs.createReadStream(file)) {
      if (stopped) break;
      await give(cutter.push(chunk));
    }
    if (!stopped) await give(cutter.end());
    if (!stopped) await as("web", () => finishImport(self, id, { tenant }));
    seen = await follow();
  } finally {
    if (args.errors !== null) await writeErrors(args.errors, tenant, id, as);
    await leads.close();
    await closeDatabases();
  }
  return tell(seen);

  async function follow(): Promise<ImportSummary> {
    for (;;) {
      const summary = await as("web", () => getImport(self, id, { tenant }));
      if (summary.endedAt !== null) return summary;
      if (stopped) await as("web", () => endImport(self, { tenant, id, state: "cancelled" }));
      else {
        show(`${summary.counts.recorded + summary.counts.duplicate} of ${summary.counts.records} recorded`);
        if (!(await as("worker", () => recordIfNobodyDoes(leads)))) await wait(500);
      }
    }
  }
}

/** One pass of the worker's job, unless a worker has its lead. */
async function recordIfNobodyDoes(leads: Leads): Promise<boolean> {
  const lead = await leads.take("run-imports");
  if (lead === null) return false;
  try {
    const own = ownGateway(gatewaySettings().port, intakeSettings().gatewayNames);
    await runImports({ own, now: () => new Date() });
    return true;
  } finally {
    await lead.release();
  }
}

async function begin(args: ImportArgs, as: <T>(role: Role, action: () => Promise<T>) => Promise<T>) {
  const { tenant, file, app: application, environment, dryRun } = args;
  const head = await readBeginning(file, 4_096);
  const format = args.format ?? formatOfFile(file, head);
  const form = recordFormOf(format, head);
  const csv = format === "csv" ? await columnsOf(args, as) : undefined;
  const fileBytes = fs.statSync(file).size;
  const input = {
    tenant,
    application,
    environment,
    format,
    fileName: path.basename(file),
    fileBytes,
    dryRun,
    csv,
  };
  return { summary: await as("web", () => createImport(self, input)), form };
}

async function columnsOf(
  { tenant, file, mapping }: ImportArgs,
  as: <T>(role: Role, action: () => Promise<T>) => Promise<T>,
) {
  const records = await firstRows(file);
  const given = mapping === null ? undefined : readMapping(mapping);
  const preview = await as("web", () =>
    previewImport(self, { tenant, format: "csv", records, mapping: given }),
  );
  if (preview.mapping === null || preview.problems.length > 0)
    throw new OperatorError(
      [
        ...preview.problems,
        ...(preview.headers.length === 0
          ? []
          : [
              `Columns: ${shortened(preview.headers.join(", "))}`,
              "Write --mapping map.json, as docs/intake.md shows.",
            ]),
      ].join("\n"),
    );
  return { headers: [...preview.headers], mapping: preview.mapping };
}

const shortened = (text: string): string => (text.length <= 4_000 ? text : `${text.slice(0, 4_000)}…`);

function readMapping(file: string) {
  let json: unknown;
  try {
    json = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    throw new OperatorError(`${file} is no JSON that can be read.`);
  }
  const parsed = csvMapping.safeParse({ hostSource: "log", delimiter: ",", ...(json as object) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new OperatorError(`${file}: ${issue?.path.join(".")}: ${issue?.message}`);
}

async function readBeginning(file: string, bytes: number): Promise<string> {
  const handle = await fs.promises.open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(bytes), position: 0 });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The line of the columns, however long, and some rows behind it. */
async function firstRows(file: string): Promise<RawRecord[]> {
  const first = createFirstRecords({ format: "csv", beginning: "" }, 20);
  for await (const chunk of fs.createReadStream(file, { highWaterMark: beginningBytes }))
    if (!first.push(chunk)) return first.end(false);
  return first.end(true);
}

async function writeErrors(
  file: string,
  tenant: string,
  id: string,
  as: <T>(role: Role, action: () => Promise<T>) => Promise<T>,
): Promise<void> {
  await as("web", async () => {
    const out = fs.createWriteStream(file);
    for await (const page of listImportErrors(self, id, { tenant }))
      for (const row of page) out.write(`${JSON.stringify(row)}\n`);
    await new Promise<void>((resolve, reject) => out.on("error", reject).end(resolve));
  });
}

function show(words: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${words}`);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "100 %" : `${Math.min(100, Math.round((part / whole) * 100))} %`;
}

function tell({ state, dryRun, counts, errorsKept, hosts }: ImportSummary): number {
  if (process.stdout.isTTY) process.stdout.write("\r\u001b[K");
  const { records, recorded, duplicate, joined, ignored, rejected, conflict } = counts;
  const verb = dryRun ? "would be recorded" : "recorded";
  const lines = [
    `${state === "cancelled" ? "Given up. " : ""}${records} records: ${recorded} ${verb}, ${duplicate} known, ${joined} joined to calls of the gateway, ${ignored} no calls to OpenAI, ${conflict} in conflict, ${rejected} rejected`,
    ...hosts.slice(0, 10).map(({ host, calls }) => `  ${host || "(no host told)"}: ${calls}`),
    ...(rejected + conflict > 0 ? [`${errorsKept} of them are explained with --errors FILE`] : []),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return state === "done" && rejected + conflict === 0 ? 0 : 1;
}

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ExportOrder, ExportReport } from "./export-main.ts";

export type Exporter = {
  /** Before the first export, in MiB. */
  readonly idleRssMb: number;
  run(order: ExportOrder): Promise<ExportReport>;
  stop(): Promise<void>;
};

/** A process of its own, so that its memory is the export's alone. */
export async function startExporter(databaseUrl: string): Promise<Exporter> {
  const child = fork(fileURLToPath(new URL("./export-main.ts", import.meta.url)), {
    execArgv: [],
    env: { ...process.env, DATABASE_URL: databaseUrl, DOMICILE_PROCESS: "web" },
  });
  const { rssMb } = (await messageOf(child)) as { rssMb: number };
  return {
    idleRssMb: rssMb,
    run: async (order) => {
      child.send(order);
      return (await messageOf(child)) as ExportReport;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const gone = once(child, "exit", { signal: over.signal }).then(() => {
    throw new Error("The process that exports ended by itself.");
  });
  try {
    const [message] = await Promise.race([once(child, "message", { signal: over.signal }), gone]);
    return message;
  } finally {
    over.abort();
    gone.catch(() => undefined);
  }
}

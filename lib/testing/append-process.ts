import pg from "pg";
import type { CallRecord } from "../core/calls/call-record.ts";
import { eventDraft } from "../core/ledger/entries/event-body.ts";
import { closeDatabases } from "../db/connection.ts";
import { lockRecording } from "../db/recording-head.ts";
import { tenantScope, withTenantSql } from "../db/with-tenant.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { createKey } from "../services/keys/create-key.ts";
import { appendEntries } from "../services/ledger/append-entries.ts";

/** What a process of its own shall do to a tenant's log; given as JSON, its only argument. */
export type AppendTask =
  | {
      readonly do: "append";
      readonly tenantId: string;
      readonly name: string;
      readonly batches: number;
      readonly batch: number;
    }
  | {
      readonly do: "record";
      readonly tenantId: string;
      readonly calls: readonly CallRecord[];
      readonly killAt: number;
    }
  | { readonly do: "mutate"; readonly slug: string; readonly name: string; readonly killAt: number };

const task = JSON.parse(process.argv[2] ?? "") as AppendTask;
if ("killAt" in task) killBefore(task.killAt);
if (task.do === "append") await append(task);
if (task.do === "record") await recordCalls(task.tenantId, task.calls);
if (task.do === "mutate")
  await createKey(
    { kind: "system", job: "test" },
    {
      tenant: task.slug,
      name: task.name,
      kind: "gateway",
      application: "killed",
      environment: "test",
      purpose: "",
      target: "policy",
    },
  );
process.stdout.write("done\n");
// Where nothing more was said to the server, the last chance to die is after the answer to COMMIT.
if ("killAt" in task) process.kill(process.pid, "SIGKILL");
await closeDatabases();

async function append({ tenantId, name, batches, batch }: AppendTask & { do: "append" }): Promise<void> {
  for (let done = 0; done < batches; done++)
    await withTenantSql(tenantScope(tenantId), async (sql) => {
      await lockRecording(sql, tenantId);
      const at = new Date();
      const drafts = Array.from({ length: batch }, (_, i) =>
        eventDraft({
          id: String(done * batch + i),
          at: at.toISOString(),
          actor: "system",
          actorId: name,
          actorName: name,
          kind: "test.appended",
          subject: name,
          detail: {},
        }),
      );
      await appendEntries(sql, tenantId, drafts, at);
    });
}

/** Ends this process, as `kill -9` does, before the nth statement of its transactions. */
function killBefore(n: number): void {
  let said = 0;
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    // Statements of the pool itself stand in no transaction.
    if (typeof args.at(-1) !== "function" && said++ === n) {
      process.kill(process.pid, "SIGKILL");
      return new Promise(() => undefined);
    }
    return query.apply(this, args);
  } as typeof pg.Client.prototype.query;
}

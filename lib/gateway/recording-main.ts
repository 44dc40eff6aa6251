import { parentPort } from "node:worker_threads";
import type { CallRecord } from "../core/calls/call-record.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import { outcomeOf, type RecordingAnswer, type RecordingOrder } from "./recording-order.ts";
import { stepBack } from "./step-back.ts";

/** The recording thread of a gateway: its own connections and caches, one answer per order. */
const port = parentPort;
if (port === null) throw new Error("This runs as a thread of the gateway.");

const running = new Set<Promise<void>>();

port.on("message", (order: RecordingOrder) => {
  if (order.n === 0) return void end();
  const answered = answer(order).then((given) => port.postMessage(given));
  running.add(answered);
  void answered.finally(() => running.delete(answered));
});

// A caller who waits for his next byte goes before the record of one who has his last.
stepBack(5);
port.postMessage({ n: 0, outcomes: [] } satisfies RecordingAnswer);

async function answer({ n, tenantId, records }: RecordingOrder): Promise<RecordingAnswer> {
  try {
    const results = await recordCalls(tenantId, JSON.parse(records) as CallRecord[]);
    return { n, outcomes: results.map(outcomeOf) };
  } catch (error) {
    const { message, code } = (error instanceof Error ? error : new Error(String(error))) as Error & {
      code?: unknown;
    };
    return { n, outcomes: [], error: { message, ...(typeof code === "string" && { code }) } };
  }
}

async function end(): Promise<void> {
  await Promise.all(running);
  // Of a thread: this one alone. Its connections go with it.
  process.exit(0);
}

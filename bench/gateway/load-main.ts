import { connect } from "node:net";
import { createAnswerReader } from "./answer-reader.ts";
import type { LoadOrder, LoadResult } from "./load.ts";

/** The load generator, a process of its own: takes one order at a time and answers with what it saw. */
process.on("message", (order: LoadOrder) => void run(order).then((result) => process.send?.(result)));
process.on("disconnect", () => process.exit(0));
process.send?.({ port: 0 });

type Tally = {
  begun: number;
  calls: number;
  errors: number;
  firstError: string | null;
  readonly latencyMs: number[];
  readonly firstByteMs: number[];
  readonly lastPieceMs: number[];
};

async function run(order: LoadOrder): Promise<LoadResult> {
  const tally: Tally = {
    begun: 0,
    calls: 0,
    errors: 0,
    firstError: null,
    latencyMs: [],
    firstByteMs: [],
    lastPieceMs: [],
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: order.connections }, () => drive(order, tally, began + order.ms)));
  const { calls, errors, firstError } = tally;
  return {
    calls,
    errors,
    firstError,
    tookMs: performance.now() - began,
    latencyMs: Float64Array.from(tally.latencyMs),
    firstByteMs: Float64Array.from(tally.firstByteMs),
    lastPieceMs: Float64Array.from(tally.lastPieceMs),
  };
}

/** One connection from its first request to its last answer. */
function drive(order: LoadOrder, tally: Tally, until: number): Promise<void> {
  const request = requestOf(order);
  const callsMax = order.callsMax ?? Number.POSITIVE_INFINITY;
  return new Promise((resolve) => {
    const socket = connect({ port: order.port, host: "127.0.0.1", noDelay: true });
    let sentAt = 0;
    let firstByteAt = 0;
    let open = false;
    const next = (): void => {
      if (performance.now() >= until || tally.begun >= callsMax) {
        socket.end();
        resolve();
        return;
      }
      tally.begun += 1;
      open = true;
      firstByteAt = 0;
      sentAt = performance.now();
      socket.write(request);
    };
    const failed = (what: string): void => {
      tally.errors += 1;
      tally.firstError ??= what;
    };
    const reader = createAnswerReader({
      firstByte: () => {
        firstByteAt = performance.now();
      },
      end: ({ status, tail }) => {
        const now = performance.now();
        open = false;
        tally.calls += 1;
        if (status === 200) {
          tally.latencyMs.push(now - sentAt);
          tally.firstByteMs.push(firstByteAt - sentAt);
          const sentNs = tail.slice(tail.lastIndexOf('"sent_ns":"')).match(/^"sent_ns":"(\d+)"/)?.[1];
          if (sentNs !== undefined)
            tally.lastPieceMs.push(Number(process.hrtime.bigint() - BigInt(sentNs)) / 1e6);
        } else failed(`${status} ${tail}`);
        next();
      },
    });
    socket.on("connect", next);
    socket.on("data", (bytes) => {
      reader.push(bytes);
      if (order.readBytesPerS === undefined) return;
      socket.pause();
      setTimeout(() => socket.resume(), (bytes.length / order.readBytesPerS) * 1_000);
    });
    const over = (what: string): void => {
      if (open || sentAt === 0) {
        open = false;
        if (sentAt !== 0) tally.calls += 1;
        failed(what);
      }
      resolve();
    };
    socket.on("error", (error) => over(String(error)));
    socket.on("close", () => over("The connection was closed before the answer was whole."));
  });
}

function requestOf({ headers, body }: LoadOrder): Buffer {
  const lines = Object.entries({
    host: "localhost",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /v1/chat/completions HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}

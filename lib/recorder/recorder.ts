import { AsyncLocalStorage } from "node:async_hooks";
import { matchOperation } from "../core/calls/match-operation.ts";
import { beginExchange, type Exchange } from "./exchange.ts";
import type { Fetch, RecorderOptions, RecorderStats } from "./recorder-types.ts";
import { createShipper } from "./shipper.ts";
import { watchWires } from "./wire-facts.ts";

export type { RecorderOptions, RecorderStats } from "./recorder-types.ts";

export type Recorder = {
  /** A `fetch` that records: `new OpenAI({ fetch: recorder.fetch })`. */
  readonly fetch: Fetch;
  /** Puts it in the place of the global `fetch`. Returns the way back. */
  install(): () => void;
  /** Sends what waits; resolves after 2 s at the latest, or the time given. */
  flush(msMax?: number): Promise<void>;
  /** Flushes, and records no more. Wrapped `fetch`es go on working. */
  close(msMax?: number): Promise<void>;
  stats(): RecorderStats;
};

/** Calls whose answers the program has not read to their end. More are not recorded, but counted. */
const openMax = 10_000;

/**
 * Records the calls that a program makes to OpenAI by itself: which host its socket reached, and what the exchange says of
 * model, usage and end. Bodies are read where they pass and never kept or sent.
 *
 * A call is never slowed, changed or failed: the collector is spoken to beside it, and whatever breaks here is counted.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const inner: Fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const storage = new AsyncLocalStorage<Exchange | null>();
  const shipper = createShipper({
    url: options.url,
    key: options.key,
    fetch: globalThis.fetch.bind(globalThis),
    waitingMax: options.waitingMax ?? 2_000,
    batchMax: Math.min(options.batchMax ?? 100, 1_000),
    everyMs: options.everyMs ?? 2_000,
    timeoutMs: options.timeoutMs ?? 5_000,
  });
  const open = new Set<Exchange>();
  // A response that the program drops unread is a call all the same. Its body is what tells: a program may drop the response
  // and read on, and no response is without its body.
  const unread = new FinalizationRegistry<Exchange>((exchange) => exchange.lost());
  const unwatch = watchWires(storage);
  let recorded = 0;
  let missed = 0;
  let closed = false;

  const ended = (exchange: Exchange, records: object[]): void => {
    open.delete(exchange);
    recorded += records.length;
    // Out of the call's context: its timers must not look like requests of the call.
    storage.run(null, () => {
      for (const record of records) shipper.add(record);
    });
  };

  const begin = (input: string | URL | Request, init: RequestInit | undefined): Exchange | null => {
    if (closed) return null;
    const request = typeof input === "object" && "url" in input ? input : null;
    const url = new URL(request?.url ?? String(input));
    const method = (init?.method ?? request?.method ?? "GET").toUpperCase();
    if (!(options.isCall ?? isCall)(url, method)) return null;
    if (open.size >= openMax) {
      missed++;
      return null;
    }
    const headers = new Headers(init?.headers ?? request?.headers);
    const traceparent = headers.get("traceparent");
    const { application } = options;
    const exchange = beginExchange({ url, method, body: init?.body, traceparent, application, ended });
    open.add(exchange);
    return exchange;
  };

  const recording: Fetch = async (input, init) => {
    const exchange = quietly(() => begin(input, init));
    if (exchange === null) return await inner(input, init);
    let response: Response;
    try {
      response = await storage.run(exchange, () => inner(input, init));
    } catch (error) {
      quietly(() => exchange.failed(error));
      throw error;
    }
    return (
      quietly(() => {
        const watched = exchange.answered(response);
        if (watched.body !== null) unread.register(watched.body, exchange);
        return watched;
      }) ?? response
    );
  };

  const flush = async (msMax = 2_000): Promise<void> => {
    // What ended in this turn is handed over in the next.
    await new Promise((resolve) => setImmediate(resolve));
    await storage.run(null, () => shipper.flush(msMax));
  };
  const beforeExit = (): void => {
    if (shipper.counts.waiting > 0) void flush();
  };
  process.once("beforeExit", beforeExit);

  return {
    fetch: recording,
    install() {
      const before = globalThis.fetch;
      globalThis.fetch = recording as typeof fetch;
      return () => {
        if (globalThis.fetch === recording) globalThis.fetch = before;
      };
    },
    flush,
    async close(msMax) {
      for (const exchange of [...open]) exchange.lost();
      await flush(msMax);
      closed = true;
      unwatch();
      process.off("beforeExit", beforeExit);
      shipper.close();
    },
    stats: () => ({ recorded, ...shipper.counts, dropped: shipper.counts.dropped + missed }),
  };
}

function isCall({ hostname, pathname }: URL, method: string): boolean {
  if (/openai/i.test(hostname)) return true;
  const at = pathname.indexOf("/v1/");
  return at !== -1 && matchOperation(method, pathname.slice(at)) !== null;
}

function quietly<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}

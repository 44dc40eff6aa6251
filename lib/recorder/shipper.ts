import type { Fetch } from "./recorder-types.ts";

export type ShipperOptions = {
  readonly url: string;
  readonly key: string;
  /** Never the wrapped one: what is shipped is no call. */
  readonly fetch: Fetch;
  readonly waitingMax: number;
  readonly batchMax: number;
  readonly everyMs: number;
  readonly timeoutMs: number;
};

export type ShipperCounts = {
  waiting: number;
  /** Acknowledged: they are durable there. */
  sent: number;
  /** The collector took the request and refused the record. */
  refused: number;
  /** Found no place, or were still waiting when the recorder was closed. */
  dropped: number;
};

export type Shipper = {
  readonly counts: ShipperCounts;
  add(record: object): void;
  /** Sends what waits now; resolves when it is sent, or when nothing can be sent within the time. Never rejects. */
  flush(msMax: number): Promise<void>;
  close(): void;
};

/**
 * Sends records in batches, one request at a time. What the collector does not take now waits, up to a number; then new
 * ones are dropped and counted. Nothing here is awaited by a call, and no timer keeps the process alive.
 */
export function createShipper(options: ShipperOptions): Shipper {
  const counts: ShipperCounts = { waiting: 0, sent: 0, refused: 0, dropped: 0 };
  const waiting: object[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** When the timer ends, as `performance.now()`. */
  let timerAt = 0;
  let sending: Promise<boolean> | null = null;
  let failures = 0;
  let closed = false;

  /** Sends in `ms` at the latest: a shorter wait takes the place of a longer one, never the other way round. */
  const later = (ms: number): void => {
    const at = performance.now() + ms;
    // What is being sent decides at its end how soon the next goes.
    if (closed || sending !== null || (timer !== null && timerAt <= at)) return;
    if (timer !== null) clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(() => {
      timer = null;
      void send();
    }, ms);
    timer.unref?.();
  };

  const send = (): Promise<boolean> => {
    sending ??= sendBatch().finally(() => {
      sending = null;
      if (waiting.length > 0) later(failures === 0 ? 0 : waitMs);
    });
    return sending;
  };

  let waitMs = 0;

  /** True where the batch is settled, one way or the other. */
  const sendBatch = async (): Promise<boolean> => {
    const batch = waiting.slice(0, options.batchMax);
    if (batch.length === 0) return true;
    const response = await post(options, batch).catch(() => null);
    const again =
      response === null || response.status === 408 || response.status === 429 || response.status >= 500;
    if (again) {
      failures++;
      const asked = Number(response?.headers.get("retry-after")) * 1000;
      // A proxy before the collector may write a date there (RFC 9110, 10.2.3): then our own pause holds.
      const askedMs = Number.isFinite(asked) ? asked : 0;
      waitMs = Math.min(Math.max(askedMs, options.everyMs * 2 ** Math.min(failures, 6)), 60_000);
      await response?.body?.cancel().catch(() => undefined);
      return false;
    }
    failures = 0;
    waiting.splice(0, batch.length);
    counts.waiting = waiting.length;
    const refused = response.ok ? await refusedOf(response) : batch.length;
    counts.refused += refused;
    counts.sent += batch.length - refused;
    return true;
  };

  return {
    counts,
    add(record) {
      if (closed || waiting.length >= options.waitingMax) {
        counts.dropped++;
        return;
      }
      waiting.push(record);
      counts.waiting = waiting.length;
      later(failures > 0 ? waitMs : waiting.length >= options.batchMax ? 0 : options.everyMs);
    },
    async flush(msMax) {
      const until = Date.now() + msMax;
      let timeout: ReturnType<typeof setTimeout> | undefined;
      const over = new Promise<false>((resolve) => {
        timeout = setTimeout(() => resolve(false), msMax);
      });
      while (waiting.length > 0 && Date.now() < until) if (!(await Promise.race([send(), over]))) break;
      clearTimeout(timeout);
    },
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      counts.dropped += waiting.length;
      waiting.length = 0;
      counts.waiting = 0;
    },
  };
}

async function post(options: ShipperOptions, batch: readonly object[]): Promise<Response> {
  return await options.fetch(`${options.url.replace(/\/+$/, "")}/intake/v1/calls`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${options.key}` },
    body: JSON.stringify(batch),
    redirect: "error",
    signal: AbortSignal.timeout(options.timeoutMs),
  });
}

async function refusedOf(response: Response): Promise<number> {
  const said = (await response.json().catch(() => null)) as { counts?: Record<string, number> } | null;
  return (said?.counts?.rejected ?? 0) + (said?.counts?.conflict ?? 0);
}

/** One statement at a time, in the order in which they were asked for; behind one that failed none is sent. */
export type StatementQueue = {
  take<T>(send: () => Promise<T>): Promise<T>;
  /** Settles when the last one has; rejects where one failed, also where nobody waited for it. */
  over(): Promise<unknown>;
  /** From now on whoever asks is refused: work that goes on behind the end must not reach the connection. */
  close(): void;
};

export function openStatementQueue(): StatementQueue {
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  return {
    take(send) {
      if (closed) return Promise.reject(new Error("The transaction has ended."));
      const answered = last.then(send);
      last = answered;
      answered.catch(() => undefined);
      return answered;
    },
    over: () => last,
    close() {
      closed = true;
    },
  };
}

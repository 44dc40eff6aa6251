/** One run of the load generator: so many connections, each with one request at a time, until time or calls are over. */
export type LoadOrder = {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  /** No request begins later than this. */
  readonly ms: number;
  /** Nor beyond so many. */
  readonly callsMax?: number;
  /** Reads so many bytes a second of each connection, and no more. */
  readonly readBytesPerS?: number;
};

export type LoadResult = {
  /** Requests that were sent, each answered: nothing is cut off at the end of a run. */
  readonly calls: number;
  readonly errors: number;
  /** Of the first error: status line and body, or what the connection said. */
  readonly firstError: string | null;
  /** From the first request to the last answer. */
  readonly tookMs: number;
  /** Request written to last byte of the answer; of answers with 200 alone. */
  readonly latencyMs: Float64Array;
  /** Request written to first byte of the answer's body. */
  readonly firstByteMs: Float64Array;
  /** Last piece of a stream: from when the upstream wrote it to when it was here with the stream's end. */
  readonly lastPieceMs: Float64Array;
};

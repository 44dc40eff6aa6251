export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export type RecorderOptions = {
  /** Where Domicile's gateway is reached, e.g. `https://gateway.example:8787`. */
  readonly url: string;
  /** An intake key, `dom_…`. */
  readonly key: string;
  /** What the program is called in the record. The application is that of the key. */
  readonly application?: string;
  /** The `fetch` to wrap; the global one where it is left out. */
  readonly fetch?: Fetch;
  /** Whether a request is a call to record. Left out: hosts with `openai` in their name, and OpenAI's paths anywhere. */
  readonly isCall?: (url: URL, method: string) => boolean;
  /** Records that may wait for the collector; 2,000. */
  readonly waitingMax?: number;
  /** Records in one request; 100. */
  readonly batchMax?: number;
  /** Milliseconds between requests to the collector; 2,000. */
  readonly everyMs?: number;
  /** Milliseconds that one request to the collector may take; 5,000. */
  readonly timeoutMs?: number;
};

export type RecorderStats = {
  /** Made so far, one a call, and one for each redirect that `fetch` followed. */
  readonly recorded: number;
  readonly waiting: number;
  /** Acknowledged by the collector. */
  readonly sent: number;
  /** The collector did not take them. */
  readonly refused: number;
  /** Found no place, or still waited when the recorder was closed. */
  readonly dropped: number;
};

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

/** Records the calls that a program makes to OpenAI by itself. A call is never slowed, changed or failed. */
export declare function createRecorder(options: RecorderOptions): Recorder;

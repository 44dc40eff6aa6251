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
  readonly recorded: number;
  readonly waiting: number;
  readonly sent: number;
  readonly refused: number;
  readonly dropped: number;
};

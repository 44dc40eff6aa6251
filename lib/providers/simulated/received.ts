/** What reached a host. No key, no header value, no content. */
export type ReceivedRequest = {
  /** Name in SNI, which is the name dialled. */
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headerNames: readonly string[];
  /** Grows while the body arrives. */
  bodyBytes: number;
  bodyComplete: boolean;
  /** SHA-256 of a body that was no form, hex; null for a form, and while it comes. */
  bodySha256: string | null;
  /** Project of the key presented; null when the key opens none. */
  readonly projectId: string | null;
  /** Status answered; null while none was. */
  status: number | null;
  /** The caller went away before the answer was finished. */
  aborted: boolean;
};

/** Everything a simulated provider saw, oldest first; the oldest are dropped beyond a bound. */
export class Received {
  readonly #requests: ReceivedRequest[] = [];
  readonly #handshakes: string[] = [];

  /** TLS names asked for, whether or not a request followed. */
  handshakes(host?: string): readonly string[] {
    return host === undefined ? this.#handshakes : this.#handshakes.filter((name) => name === host);
  }

  requests(host?: string): readonly ReceivedRequest[] {
    return host === undefined ? this.#requests : this.#requests.filter((request) => request.host === host);
  }

  clear(): void {
    this.#requests.length = 0;
    this.#handshakes.length = 0;
  }

  addHandshake(host: string): void {
    keep(this.#handshakes, host);
  }

  addRequest(request: ReceivedRequest): void {
    keep(this.#requests, request);
  }
}

const kept = 5_000;

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > kept) list.shift();
}

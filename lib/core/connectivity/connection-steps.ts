import type { TransportFailure } from "../calls/attempt-facts.ts";

/** What a gateway saw of one connection that it opened and closed. A time is null where the step was not reached; of the one that failed it is how long that took. */
export type ConnectionSteps = {
  /** The step that failed; null where all three were done. */
  readonly failed: "dns" | "tcp" | "tls" | null;
  readonly failure: TransportFailure | null;
  /** `mapped`: a simulated host, whose name is not looked up. */
  readonly mapped: boolean;
  readonly addresses: number;
  readonly dnsMs: number | null;
  readonly tcpMs: number | null;
  readonly tlsMs: number | null;
};

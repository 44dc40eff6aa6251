import type { ConnectTo } from "../env.ts";
import type { Resolve } from "./upstream/connector.ts";

/** Everything a gateway is started with. Tests change limits and times; a deployment changes the first block. */
export type GatewaySettings = {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly relayCountry: string | null;
  /** Where simulated tenants dial, and whose certificates they trust there. */
  readonly connectTo: readonly ConnectTo[];
  /** PEM text; null: simulated tenants trust the public authorities too. */
  readonly simulatedAuthorities: string | null;

  readonly bodyBytesMax: number;
  readonly bodiesBytesMax: number;
  readonly connectionsMax: number;
  readonly heldCallsMax: number;
  readonly connectTimeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly stallMsMax: number;
  /** How long after activity the ledger is told which calls have no entry yet. */
  readonly heartbeatMs: number;
  /** How long open calls may go on after a stop was asked for. */
  readonly drainMs: number;
  readonly resolve?: Resolve;
};

const mib = 1024 * 1024;

export const defaultSettings: GatewaySettings = {
  host: "127.0.0.1",
  port: 8787,
  relayCountry: null,
  connectTo: [],
  simulatedAuthorities: null,
  bodyBytesMax: 64 * mib,
  bodiesBytesMax: 512 * mib,
  connectionsMax: 1_024,
  heldCallsMax: 20_000,
  connectTimeoutMs: 10_000,
  // OpenAI's SDKs wait ten minutes for an answer (openai 7.57.0, client.ts).
  answerTimeoutMs: 600_000,
  idleTimeoutMs: 300_000,
  requestTimeoutMs: 120_000,
  stallMsMax: 300_000,
  heartbeatMs: 10_000,
  // Together with the writing of what ended then, below the 10 s after which the supervisor kills.
  drainMs: 6_000,
};

import type { ConnectTo } from "../env/simulation-settings.ts";
import type { Resolve } from "../http/connector.ts";
import type { StartDoor } from "./doors.ts";
import type { TelemetrySettings } from "./telemetry/call-spans.ts";

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

  /** Records on a thread of its own; a test has one thread fewer to wait for. */
  readonly recordOnThread: boolean;
  readonly bodyBytesMax: number;
  readonly bodiesBytesMax: number;
  /** Of a body that is streamed and never held, such as a file. */
  readonly streamedBytesMax: number;
  readonly connectionsMax: number;
  readonly heldCallsMax: number;
  /** Calls open at once, of one key that states no limit of its own, and of one tenant. */
  readonly keyConcurrentMax: number;
  readonly tenantConcurrentMax: number;
  /** Proxies of our own before this gateway, whose `X-Forwarded-For` says where a call comes from. */
  readonly trustedHops: number;
  readonly connectTimeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** How long a head, a held body and the first MiB of a streamed one may take to arrive, and how long the rest may stand still. */
  readonly requestTimeoutMs: number;
  readonly stallMsMax: number;
  /** Behind so long a caller whose body was coming is identified again. Below the 5 s within which a revocation must show. */
  readonly identifiedMsMax: number;
  /** Of one message of a realtime session. */
  readonly messageBytesMax: number;
  /** How often each side of a session is asked whether it is there. */
  readonly pingEveryMs: number;
  /** How long after activity the ledger is told which calls have no entry yet. */
  readonly heartbeatMs: number;
  /** How long open calls may go on after a stop was asked for. */
  readonly drainMs: number;
  /** Where calls are kept while the store is away, by tenants whose policy says so; null: nowhere, they are refused. */
  readonly spoolFolder: string | null;
  readonly spoolBytesMax: number;
  /** How long the last known policy and keys serve them. */
  readonly spoolMsMax: number;
  readonly spoolEveryMs: number;
  /** null: no spans leave. */
  readonly telemetry: TelemetrySettings | null;
  readonly resolve?: Resolve;
  /** Doors beside the gateway's own on the same port. */
  readonly doors: readonly StartDoor[];
};

const mib = 1024 * 1024;

export const defaultSettings: GatewaySettings = {
  host: "127.0.0.1",
  port: 8787,
  relayCountry: null,
  connectTo: [],
  simulatedAuthorities: null,
  recordOnThread: false,
  bodyBytesMax: 64 * mib,
  bodiesBytesMax: 512 * mib,
  // A file of 512 MB is the largest that OpenAI takes in one request.
  streamedBytesMax: 1_024 * mib,
  connectionsMax: 1_024,
  heldCallsMax: 20_000,
  keyConcurrentMax: 2_000,
  tenantConcurrentMax: 5_000,
  trustedHops: 0,
  connectTimeoutMs: 10_000,
  // OpenAI's SDKs wait ten minutes for an answer (openai 7.57.0, client.ts).
  answerTimeoutMs: 600_000,
  idleTimeoutMs: 300_000,
  requestTimeoutMs: 120_000,
  stallMsMax: 300_000,
  identifiedMsMax: 4_000,
  // OpenAI's realtime sessions take audio of at most 15 MiB in one event (API reference, 2026-11).
  messageBytesMax: 16 * mib,
  pingEveryMs: 30_000,
  heartbeatMs: 10_000,
  // A supervisor kills 4 s later (`scripts/supervisor/children.ts`): until then what ended is written.
  drainMs: 6_000,
  spoolFolder: null,
  spoolBytesMax: 256 * mib,
  spoolMsMax: 900_000,
  spoolEveryMs: 1_000,
  telemetry: null,
  doors: [],
};

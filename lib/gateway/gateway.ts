import type { Logger } from "pino";
import type { GatewayBodyLimits } from "./body/received-body.ts";
import type { CloseQueue } from "./close-queue.ts";
import type { Identifier } from "./identify.ts";
import type { IntentLog } from "./intents.ts";
import type { Limits } from "./limits/limits.ts";
import type { Metrics } from "./metrics.ts";
import type { KnownObjects } from "./objects/known-objects.ts";
import type { Pace } from "./pace.ts";
import type { OpenSessions } from "./realtime/open-sessions.ts";
import type { Spool } from "./spool/spool.ts";
import type { CallSpans } from "./telemetry/call-spans.ts";
import type { Dialler } from "./upstream/dialler.ts";

/** What a running gateway is made of. */
export type Gateway = {
  readonly identifier: Identifier;
  readonly intents: IntentLog;
  readonly closing: CloseQueue;
  readonly pace: Pace;
  /** null: this gateway has none, and refuses what the store does not take. */
  readonly spool: Spool | null;
  readonly objects: KnownObjects;
  /** Live and simulated tenants share neither connections nor trust. */
  readonly diallers: { readonly live: Dialler; readonly simulated: Dialler };
  readonly bodyLimits: GatewayBodyLimits;
  readonly stallMsMax: number;
  /** Behind so long a caller whose body was coming is identified again before anything leaves. */
  readonly identifiedMsMax: number;
  readonly realtime: OpenSessions;
  readonly limits: Limits;
  /** Proxies of our own before this gateway. */
  readonly trustedHops: number;
  /** ISO 3166-1 alpha-2; null where nobody attested it. */
  readonly relayCountry: string | null;
  readonly metrics: Metrics;
  readonly spans: CallSpans;
  readonly log: Logger;
  readonly isStopping: () => boolean;
  /** True once a stop has waited long enough, and ends what is still open. */
  readonly isCutting: () => boolean;
};

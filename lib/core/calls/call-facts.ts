import type { CountryCode } from "../regions/catalog.ts";
import type { BatchLineGroup } from "./batch-lines.ts";
import type { DeploymentFacts } from "./deployment-facts.ts";
import type { UsedObject } from "./provider-object.ts";

/** Three states where the client said nothing: an omitted field is never filled with a guess. */
export type Said<T> = { readonly said: true; readonly value: T } | { readonly said: false };

/** How the content of the call came to be read. `unread`: nothing may be concluded from its absence. */
export type BodyReading = "read" | "unread" | "none";

/** Where a record of a call came from. `upkeep`: Domicile's own calls, which refresh the states of stored objects. */
export type CallSource = "gateway" | "playground" | "upkeep" | "intake" | "otlp" | "litellm";

/** How the call ended for the application. `unknown`: no end was recorded, the sweeper closed it. */
export type CallEnd = "complete" | "client_abort" | "upstream_failed" | "refused" | "unknown";

/** Every fact about a call, apart from its attempts, that `judge` reads. Holds no content. */
export type CallFacts = {
  readonly operation: string;
  /** Catalog path of the endpoint; null when the catalog has no row for it. */
  readonly endpoint: string | null;
  /** Request path as sent, without query. */
  readonly path: string;
  readonly carriesContent: boolean;
  readonly requestBody: BodyReading;
  readonly responseBody: BodyReading;
  readonly modelRequested: string | null;
  readonly modelAnswered: string | null;
  readonly stream: boolean;
  readonly store: Said<boolean>;
  readonly background: Said<boolean>;
  readonly serviceTier: string | null;
  /** Catalog feature ids the request made available (tools offered). */
  readonly featuresOffered: readonly string[];
  /**
   * Hosts of the MCP servers and ids of the connectors that the request names, without paths; absent: nobody looked. No
   * step of the judgement reads it.
   */
  readonly toolHosts?: readonly string[];
  /** Names of request fields whose value is there and could not be read; absent: nobody looked. */
  readonly unreadable?: readonly string[];
  /** Names of request fields that use objects the provider keeps; absent: nobody looked. */
  readonly storedStateRefs?: readonly string[];
  /** Objects the provider keeps that the request names, with their births; absent: nobody looked. */
  readonly objectsUsed?: readonly UsedObject[];
  /**
   * What the lines of a batch ask for, grouped; absent: nobody read them. Of an upload by parts: none where it is begun
   * for a batch, and of each part those that stand whole in it.
   */
  readonly batchLines?: readonly BatchLineGroup[];
  /** What an admin recorded of the deployment at Azure that the call named; absent: none was asked about. */
  readonly deployment?: DeploymentFacts;
  /** `last_only`: a log that tells only the last attempt of a call that was retried. Absent: all are told. */
  readonly attemptsKnown?: "all" | "last_only";
  /** Catalog feature ids the answer shows were used. */
  readonly featuresUsed: readonly string[];
  /** Declared by the caller in `x-domicile-subject-region`. */
  readonly subjectCountry: CountryCode | null;
  /** Country attested for the gateway instance that decrypted the call; null where nobody attested it. */
  readonly relayCountry: CountryCode | null;
  readonly simulated: boolean;
};

/** Token counts as the provider reported them; null where it reported none. */
export type TokenUsage = {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly reasoningTokens: number | null;
};

import type { IncomingMessage, ServerResponse } from "node:http";
import type { AuthenticatedKey } from "../services/keys/authenticate-key.ts";

/** What the gateway gives to a door that shares its port. Doors do not know each other; the process puts them together. */
export type DoorHost = {
  /** From the cache of keys: a revoked one is refused within five seconds. Throws where the store is away for too long. */
  readonly authenticate: (presented: string) => Promise<AuthenticatedKey | null>;
  readonly addressOf: (request: IncomingMessage) => string;
  readonly isStopping: () => boolean;
};

export type OtherDoor = {
  /** False: the request is none of this door's, and was not touched. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Prometheus text. */
  metrics(): Promise<string>;
  stop(): Promise<void>;
};

export type StartDoor = (host: DoorHost) => Promise<OtherDoor>;

import type { IncomingMessage, ServerResponse } from "node:http";
import type { AuthenticatedKey } from "../services/keys/authenticate-key.ts";

/** What the process that listens gives to a door beside its own. */
export type DoorHost = {
  /** Kept for seconds at most; throws where nothing can be said for now. */
  readonly authenticate: (presented: string) => Promise<AuthenticatedKey | null>;
  readonly addressOf: (request: IncomingMessage) => string;
  readonly isStopping: () => boolean;
};

/** Answers some of the requests of a port. */
export type Door = {
  /** False: the request is none of this door's, and was not touched. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Prometheus text. */
  metrics(): Promise<string>;
  /** When no request is open any more. */
  stop(): Promise<void>;
};

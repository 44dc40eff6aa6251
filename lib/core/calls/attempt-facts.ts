import type { Grade } from "./evidence.ts";

/**
 * How far the request got, on the request's own socket.
 *
 * `refused`: we stopped it before one byte left. `not_sent`: nothing was written (DNS, TCP, TLS failed).
 * `partial`: some of the request was written. `sent`: all of it. `unknown`: no end was recorded.
 */
export type AttemptProgress = "refused" | "not_sent" | "partial" | "sent" | "unknown";

/** Which step failed. `idle`: the provider stopped answering. `aborted`: the client went away. */
export type TransportFailure =
  | "dns"
  | "address_refused"
  | "tcp"
  | "tls"
  | "connect_timeout"
  | "idle"
  | "reset"
  | "aborted"
  | "protocol";

/** The peer as seen on the socket that carried this very request. */
export type PeerEvidence = {
  /** IP address dialled, in text. Personal to nobody; kept as seen. */
  readonly address: string;
  readonly port: number;
  /** Name sent in SNI and checked against the certificate. */
  readonly tlsName: string;
  readonly tlsVerified: boolean;
  readonly tlsProtocol: string;
  /** SHA-256 of the certificate's SubjectPublicKeyInfo, hex. */
  readonly peerKeySha256: string;
};

/** What the provider's response headers said, as said. None of it names a region. */
export type ProviderEcho = {
  /** `x-request-id` */
  readonly requestId: string | null;
  /** `openai-project` */
  readonly projectId: string | null;
  /** `openai-organization` */
  readonly organization: string | null;
  /** Airport code at the end of `cf-ray`. The edge that answered, not the place of inference. */
  readonly edgeCode: string | null;
  /** `openai-processing-ms` */
  readonly processingMs: number | null;
  /** `x-ms-region` */
  readonly statedRegion: string | null;
};

/** Of a dial that brought no answer. */
export const noEcho: ProviderEcho = {
  requestId: null,
  projectId: null,
  organization: null,
  edgeCode: null,
  processingMs: null,
  statedRegion: null,
};

/** One dial to a provider on behalf of a call. */
export type AttemptFacts = {
  /** 1 for the first dial. */
  readonly no: number;
  /** Host as dialled or as reported, normalised: lower case, no port, no trailing dot. */
  readonly host: string;
  readonly progress: AttemptProgress;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly status: number | null;
  /** `error.code` of the provider's answer. */
  readonly errorCode: string | null;
  /** Host the provider named in an `incorrect_hostname` answer. Recorded, never followed. */
  readonly suggestedHost: string | null;
  /** `Location` of a 3xx answer. Recorded, never followed. */
  readonly redirectHost: string | null;
  readonly failure: TransportFailure | null;
  readonly peer: PeerEvidence | null;
  readonly echo: ProviderEcho;
  /** Grade of the statement "this host was dialled": C on our own socket, D from a log, E from a label. */
  readonly hostGrade: Grade;
};

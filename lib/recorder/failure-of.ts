import type { TransportFailure } from "../core/calls/attempt-facts.ts";

export type FailureSeen = {
  readonly failure: TransportFailure | null;
  /** True where the request cannot have left: the connection never came about. */
  readonly neverSent: boolean;
};

/** Which step failed, by the code of the error that `fetch` threw or of its cause. Its message is not looked at. */
export function failureOf(error: unknown): FailureSeen {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  if (name === "AbortError" || name === "APIUserAbortError") return { failure: "aborted", neverSent: false };
  const cause = (error as { cause?: { code?: unknown } } | null)?.cause;
  const text = String(cause?.code ?? code ?? "");
  const failure = failures.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  return { failure, neverSent: failure !== null && beforeSending.has(failure) };
}

const beforeSending: ReadonlySet<TransportFailure> = new Set(["dns", "tcp", "tls", "connect_timeout"]);

const failures: readonly (readonly [RegExp, TransportFailure])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENODATA)$/, "dns"],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, "tcp"],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, "connect_timeout"],
  [/CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS_|^ERR_SSL_|HOSTNAME_MISMATCH/, "tls"],
  [/^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, "idle"],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_ABORTED)$/, "reset"],
  [/^(HPE_|UND_ERR_)/, "protocol"],
];

/**
 * SQLSTATE classes (PostgreSQL 18, appendix A, read 2026-11-30) that speak of what was to be written: 21 two rows where one
 * may be, 22 data, 23 constraints, 54 a value larger than the server takes. Written again, it is refused again.
 */
const ofTheData = /^(21|22|23|54)[0-9A-Z]{3}$/;
const sqlState = /^(?=.*[0-9])[0-9A-Z]{5}$/;

/** Prisma's words (its error reference, read 2026-11-30) for a server it cannot reach, and a pool or transaction that gave out. */
const prismaAway = /^P(1[0-9]{3}|2024|2028|2034|2037)$/;

/** Two writers met: at once, the same may succeed. */
const conflicts = ["40001", "40P01", "55P03"];

const network =
  /^(ECONN[A-Z]+|EPIPE|EPROTO|ETIMEDOUT|EAI_[A-Z]+|ENOTFOUND|EHOST[A-Z]+|ENET[A-Z]+|EADDR[A-Z]+|EMFILE|ENFILE|ENOENT|EACCES|CERT_[A-Z_]+|DEPTH_ZERO_[A-Z_]+|SELF_SIGNED_[A-Z_]+|UNABLE_TO_[A-Z_]+|ERR_(TLS|SSL)_[A-Z0-9_]+)$/;

/**
 * True where the store did not do what it was asked to and would do no better with other values: it is away, stopping, full,
 * read only, or lets this role write no longer. Whoever has something to record keeps it and tries again. False where what
 * was to be written is at fault, or the product itself.
 */
export function isStoreFault(error: unknown): boolean {
  const code = codeOf(error);
  if (code === null) return isLostConnection(error);
  if (network.test(code) || prismaAway.test(code)) return true;
  return sqlState.test(code) && !isPrismas(code) && !ofTheData.test(code);
}

/** True where two writers met: the same statement may succeed at once. */
export function isConflict(error: unknown): boolean {
  return conflicts.includes(codeOf(error) ?? "");
}

/** They look like an SQLSTATE. Of PostgreSQL's own, class P0 alone begins like them. */
function isPrismas(code: string): boolean {
  return /^P[1-9]/.test(code);
}

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** What the driver throws without a code when the socket is gone, the pool has no connection to give, or none can be opened. */
function isLostConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    /connection (terminated|timeout|ended)|timeout (exceeded when trying to connect|expired)|not queryable|SSL connection|^SASL/i.test(
      error.message,
    )
  );
}

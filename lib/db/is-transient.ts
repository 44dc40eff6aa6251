/** SQLSTATE classes (PostgreSQL, appendix A) that say nothing about the statement: try it again. */
const conflicts = ["40001", "40P01", "55P03"];
const unreachable = /^(08|53|57|58)[0-9A-Z]{3}$/;

const networkErrors =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EMFILE|ENFILE)$/;

/** True where the same statement may succeed later: the server is away, stopping, full, or two writers met. */
export function isTransient(error: unknown, which: "any" | "conflict" = "any"): boolean {
  const code = codeOf(error);
  if (code !== null && conflicts.includes(code)) return true;
  if (which === "conflict") return false;
  return code === null ? isLostConnection(error) : networkErrors.test(code) || unreachable.test(code);
}

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** What the driver throws without a code when the socket is gone or the pool has no connection to give. */
function isLostConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    /connection (terminated|timeout|ended)|timeout exceeded when trying to connect|not queryable/i.test(
      error.message,
    )
  );
}

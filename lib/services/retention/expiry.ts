/**
 * The first moment that has not expired: whole UTC months go, so a record is kept its months at least, and up to one more.
 * The store computes the same and refuses to delete anything younger.
 */
export function expiryOf(months: number | null, now: Date): Date | null {
  return months === null ? null : new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
}

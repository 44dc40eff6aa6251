/**
 * Statuses by which a provider turns a call away before it does anything for it. Nobody is charged for that, so no tokens are
 * missing where none were told. Azure charges for nothing that it did not process, as 401 and 429, and for a 400 of its content
 * filter and a 408 (Azure OpenAI, "HTTP Error response code and billing status", 2026-09); OpenAI says it of 429 (guide to
 * flex processing, 2026-11). Of 400, 408 and 5xx nobody says that they cost nothing: there it stays unknown.
 */
export const turnedAwayStatuses: readonly number[] = [401, 403, 404, 405, 413, 415, 429];

export function isTurnedAway(status: number | null): boolean {
  return status !== null && turnedAwayStatuses.includes(status);
}

/** So many are listed in a report; all are counted, and all are in the entries. */
export const listedMax = 1_000;

/** Lists a row behind the others, where it is one of the first ones. */
export function listRow<Row>(rows: Row[], make: () => Row): void {
  if (rows.length < listedMax) rows.push(make());
}

/** Puts rows behind the ones before them. */
export function appendRows<Row>(into: Row[], next: readonly Row[]): void {
  into.push(...next.slice(0, Math.max(0, listedMax - into.length)));
}

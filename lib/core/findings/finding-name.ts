/** "F-12". */
export function findingName(no: number): string {
  return `F-${no}`;
}

/** Id of the link in a call's row, so that focus can come back to it. */
export function callLinkId(id: string): string {
  return `call-${id}`;
}

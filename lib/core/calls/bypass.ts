/**
 * Operations that let somebody speak to the provider directly: a browser, by the key or session description that is
 * answered, or who calls by telephone. What is said then passes no gateway (OpenAI, Realtime guide: WebRTC, SIP and client
 * secrets, read 2026-11; Node SDK 7.57.0: `live.create` and `fork` are WebRTC, `accept` takes a call by SIP).
 */
const unseen: ReadonlySet<string> = new Set([
  "realtime.client_secrets.create",
  "realtime.sessions.create",
  "realtime.transcription_sessions.create",
  "realtime.translations.client_secrets.create",
  "realtime.calls.create",
  "realtime.calls.accept",
  "live.create",
  "live.sessions.accept",
  "live.sessions.fork",
]);

/**
 * Those that no judge counts as content unseen, because calls of them were judged before it was known of them. The client
 * secret of a ChatKit session is a browser's (Node SDK 7.57.0: "Ephemeral client secret that authenticates session requests").
 */
const alsoPast: ReadonlySet<string> = new Set(["chatkit.sessions.create"]);

/** Whether a blocking policy with a requirement of place refuses the operation for it. */
export function opensWayPastGateway(operation: string): boolean {
  return unseen.has(operation) || alsoPast.has(operation);
}

/** Whether the judge, to version 3, counts the content of such a call as unseen. */
export function leavesContentUnseen(operation: string): boolean {
  return unseen.has(operation);
}

/**
 * Operations that let somebody speak to the provider directly: a browser, by the key or session description that is
 * answered, or who calls by telephone. What is said then passes no gateway (OpenAI, Realtime guide: WebRTC, SIP and client
 * secrets, read 2026-11; Node SDK 7.57.0: `live.create` and `fork` are WebRTC, `accept` takes a call by SIP).
 */
const bypasses: ReadonlySet<string> = new Set([
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

export function opensWayPastGateway(operation: string): boolean {
  return bypasses.has(operation);
}

/**
 * Operations whose answer is a key or a session description with which a browser speaks to the provider directly: what is
 * said then passes no gateway (OpenAI, Realtime guide: WebRTC and client secrets, read 2026-11).
 */
const bypasses: ReadonlySet<string> = new Set([
  "realtime.client_secrets.create",
  "realtime.sessions.create",
  "realtime.transcription_sessions.create",
  "realtime.translations.client_secrets.create",
  "realtime.calls.create",
]);

export function opensWayPastGateway(operation: string): boolean {
  return bypasses.has(operation);
}

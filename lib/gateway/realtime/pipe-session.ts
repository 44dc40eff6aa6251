import type { RawData, WebSocket } from "ws";
import { keepAlive } from "./keep-alive.ts";

export type SessionPipe = {
  /** A word of our own to the client, which is not read on while it does not take it. */
  tell(event: string): void;
  /** Ends both sides. */
  close(code: number, reason: string): void;
  /** Ends both sides without a word. */
  terminate(): void;
  /** Resolves when both sides are closed, with who closed first and how. */
  readonly closed: Promise<SessionEnd>;
};

export type SessionEnd = {
  readonly by: "client" | "provider" | "gateway";
  /** RFC 6455, 7.4; 1006: without a word. */
  readonly code: number;
};

export type PipeOptions = {
  /** A message of the client before it goes on; false: it does not. */
  readonly onClient: (data: Buffer, isBinary: boolean) => boolean;
  readonly onProvider: (data: Buffer, isBinary: boolean) => void;
  readonly pingEveryMs: number;
};

/** Bytes that may wait for a side that reads slowly; then nothing more is read from whoever makes them. */
const waitingBytesMax = 1024 * 1024;

/** Passes messages both ways as they come, as fast as each side takes them and no faster, until one of them ends. */
export function pipeSession(client: WebSocket, provider: WebSocket, options: PipeOptions): SessionPipe {
  let end: SessionEnd | null = null;
  const isFull = (side: WebSocket, share: number): boolean => side.bufferedAmount > waitingBytesMax * share;
  /** trust: a client makes what goes to the provider, and what it is told itself of what does not go there. */
  const readOn = (): void => {
    if (isFull(client, 0.5)) return;
    if (provider.isPaused) provider.resume();
    if (client.isPaused && !isFull(provider, 0.5)) client.resume();
  };
  /** Behind an end nothing waits any more, and who is not read does not hear the other's goodbye. */
  const hold = (side: WebSocket): void => {
    if (end === null) side.pause();
  };
  const tell = (event: string): void => {
    client.send(event, readOn);
    if (isFull(client, 1)) hold(client);
  };
  const stops = [
    pass(client, (data, isBinary) => {
      if (end !== null || !options.onClient(data, isBinary)) return;
      provider.send(data, { binary: isBinary }, readOn);
      if (isFull(provider, 1)) hold(client);
    }),
    pass(provider, (data, isBinary) => {
      options.onProvider(data, isBinary);
      client.send(data, { binary: isBinary }, readOn);
      if (isFull(client, 1)) hold(provider);
    }),
    keepAlive(client, options.pingEveryMs),
    keepAlive(provider, options.pingEveryMs),
  ];
  const ended = (by: SessionEnd["by"], code: number, reason: string): void => {
    end ??= { by, code };
    const [safeCode, safeReason] = sendable(code) ? [code, reason] : [by === "provider" ? 1011 : 1001, ""];
    for (const side of [client, provider]) {
      if (code === withoutCode) side.close();
      else side.close(safeCode, safeReason);
      side.resume();
    }
  };
  const closed = new Promise<SessionEnd>((resolve) => {
    let open = 2;
    const sideClosed = (by: "client" | "provider") => (code: number, reason: Buffer) => {
      ended(by, code, reason.toString("utf8"));
      open -= 1;
      if (open > 0) return;
      for (const stop of stops) stop();
      resolve(end ?? { by, code });
    };
    client.once("close", sideClosed("client"));
    provider.once("close", sideClosed("provider"));
  });
  // A broken frame closes its side by itself; the close event tells.
  client.on("error", () => {});
  provider.on("error", () => {});
  client.resume();
  provider.resume();
  return {
    tell,
    close: (code, reason) => ended("gateway", code, reason),
    terminate: () => {
      for (const side of [client, provider]) side.terminate();
    },
    closed,
  };
}

function pass(from: WebSocket, to: (data: Buffer, isBinary: boolean) => void): () => void {
  const onMessage = (data: RawData, isBinary: boolean): void =>
    to(Buffer.isBuffer(data) ? data : Buffer.concat([data].flat() as Buffer[]), isBinary);
  from.on("message", onMessage);
  return () => from.off("message", onMessage);
}

/** What a close frame without a code is told as (RFC 6455, 7.1.5): passed on as one without. */
const withoutCode = 1005;

/** Codes that may stand in a close frame (RFC 6455, 7.4.1). */
function sendable(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999)
  );
}

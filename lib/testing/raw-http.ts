import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Sends bytes as they stand, one character a byte, and answers all that came back until the other side closed. */
export async function sendRaw(
  port: number,
  text: string | readonly string[],
  waitMs = 60_000,
): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let got = "";
  socket.on("data", (chunk) => {
    got += chunk.toString("latin1");
  });
  socket.on("error", () => {});
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.setNoDelay(true);
  for (const piece of typeof text === "string" ? [text] : text) {
    if (socket.destroyed) break;
    socket.write(piece, "latin1");
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.race([closed, sleep(waitMs)]);
  socket.destroy();
  return got;
}

/** A connection that takes not one byte of what is sent to it. */
export function openUnread(port: number, text: string): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.pause();
  socket.write(text, "latin1");
  return socket;
}

/** How many answers stand in what came back. */
export const answersIn = (got: string): number => got.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0;

export const statusIn = (got: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(got)?.[1] ?? 0);

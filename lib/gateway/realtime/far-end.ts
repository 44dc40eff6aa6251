import type { Duplex } from "node:stream";

/**
 * Tells once that the other side of an upgraded connection will say nothing more: that is how most clients leave. Nothing it has
 * said is taken: what lies in the socket stays for who reads it next. While something lies there, the end behind it is not seen.
 *
 * The answer stops watching, and must be called before anybody reads.
 */
export function onFarEnd(socket: Duplex, tell: () => void): () => void {
  // Without a reader Node does not look at the connection at all; a read of nothing takes nothing and sees the end.
  const look = (): void => {
    socket.read(0);
  };
  socket.on("readable", look);
  socket.once("end", tell);
  return () => {
    socket.off("readable", look);
    socket.off("end", tell);
  };
}

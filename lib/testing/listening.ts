import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { WebSocket } from "ws";

type Event = Record<string, unknown> & { readonly type: string };

/** A web socket whose events can be waited for, in their order. */
export type Listening = {
  readonly socket: WebSocket;
  /** The next event of a type that was not taken yet; others before it are passed over. */
  event(type: string): Promise<Event>;
  send(event: object): void;
  /** With its answer's headers. */
  readonly upgraded: Promise<IncomingMessage>;
  /** An answer that is no session. */
  readonly refused: Promise<{ readonly status: number; readonly callId: string; readonly body: string }>;
  /** The close code. */
  readonly closed: Promise<number>;
};

const patienceMs = 15_000;

export function listenTo(socket: WebSocket): Listening {
  const events: Event[] = [];
  let wake: () => void = () => undefined;
  socket.on("message", (data) => {
    events.push(JSON.parse(String(data)) as Event);
    wake();
  });
  socket.on("error", () => undefined);
  const closed = new Promise<number>((resolve) => {
    socket.once("close", (code) => resolve(code));
  });
  return {
    socket,
    async event(type) {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        for (let event = events.shift(); event; event = events.shift()) if (event.type === type) return event;
        const left = deadline - Date.now();
        if (left <= 0) throw new Error(`No ${type} came in time.`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    send: (event) => socket.send(JSON.stringify(event)),
    upgraded: new Promise((resolve) => socket.once("upgrade", resolve)),
    refused: new Promise((resolve) => {
      socket.once("unexpected-response", (_, response) => {
        const callId = String(response.headers["x-domicile-call-id"]);
        void text(response).then((body) => resolve({ status: response.statusCode ?? 0, callId, body }));
      });
    }),
    closed,
  };
}

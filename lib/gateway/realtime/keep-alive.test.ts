import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WebSocket } from "ws";
import { keepAlive } from "./keep-alive.ts";

const everyMs = 1_000;
let side: EventEmitter & {
  isPaused: boolean;
  bufferedAmount: number;
  ping: () => void;
  terminate: () => void;
};
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  side = Object.assign(new EventEmitter(), {
    isPaused: false,
    bufferedAmount: 0,
    ping: vi.fn(),
    terminate: vi.fn(),
  });
  stop = keepAlive(side as unknown as WebSocket, everyMs);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

/** One interval after the other, with what happens before each ask. */
function intervals(count: number, before: (n: number) => void = () => undefined): void {
  for (let n = 0; n < count; n += 1) {
    before(n);
    vi.advanceTimersByTime(everyMs);
  }
}

describe("a side of a session", () => {
  it("is ended when two asks in a row found no life", () => {
    intervals(2);
    expect(side.terminate).not.toHaveBeenCalled();
    intervals(1);
    expect(side.terminate).toHaveBeenCalledOnce();
  });

  it.each(["pong", "ping", "message"])("lives while a %s comes", (event) => {
    intervals(20, (n) => n % 2 === 0 && side.emit(event));
    expect(side.terminate).not.toHaveBeenCalled();
    expect(side.ping).toHaveBeenCalledTimes(20);
  });

  it("lives while it takes what waits for it, though the pings stand behind that", () => {
    side.bufferedAmount = 3_000_000;
    intervals(20, () => {
      side.bufferedAmount -= 100_000;
    });
    expect(side.terminate).not.toHaveBeenCalled();
  });

  it("is ended when what waits for it stands still", () => {
    side.bufferedAmount = 3_000_000;
    intervals(3);
    expect(side.terminate).toHaveBeenCalledOnce();
  });

  it("is not judged while it is paused", () => {
    side.isPaused = true;
    intervals(20);
    expect(side.terminate).not.toHaveBeenCalled();
  });
});

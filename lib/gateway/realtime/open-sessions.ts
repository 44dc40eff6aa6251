import type { SessionPipe } from "./pipe-session.ts";

/** Sessions that are open at this gateway. */
export type OpenSessions = {
  readonly pingEveryMs: number;
  readonly messageBytesMax: number;
  add(session: SessionPipe): void;
  remove(session: SessionPipe): void;
  count(): number;
  /**
   * Says goodbye to each, also to what opens from now on, because the gateway stops, and waits for their ends. Who has
   * not answered after `msMax` is waited for no longer.
   */
  closeAll(msMax: number): Promise<void>;
};

export function createOpenSessions(options: {
  readonly pingEveryMs: number;
  readonly messageBytesMax: number;
}): OpenSessions {
  const open = new Set<SessionPipe>();
  let closingMs: number | null = null;
  const goodbye = async (session: SessionPipe, msMax: number): Promise<void> => {
    session.close(1012, "The gateway stops; connect again.");
    const late = setTimeout(() => session.terminate(), msMax);
    await session.closed;
    clearTimeout(late);
  };
  return {
    ...options,
    add(session) {
      open.add(session);
      if (closingMs !== null) void goodbye(session, closingMs);
    },
    remove: (session) => void open.delete(session),
    count: () => open.size,
    async closeAll(msMax) {
      closingMs = msMax;
      await Promise.all([...open].map((session) => goodbye(session, msMax)));
    },
  };
}

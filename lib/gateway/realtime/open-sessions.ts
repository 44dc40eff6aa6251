import type { SessionPipe } from "./pipe-session.ts";

/** Sessions that are open at this gateway. */
export type OpenSessions = {
  readonly pingEveryMs: number;
  readonly messageBytesMax: number;
  add(session: SessionPipe): void;
  remove(session: SessionPipe): void;
  count(): number;
  /** Says goodbye to each, because the gateway stops, and waits for their ends, `msMax` at most. */
  closeAll(msMax: number): Promise<void>;
};

export function createOpenSessions(options: {
  readonly pingEveryMs: number;
  readonly messageBytesMax: number;
}): OpenSessions {
  const open = new Set<SessionPipe>();
  return {
    ...options,
    add: (session) => void open.add(session),
    remove: (session) => void open.delete(session),
    count: () => open.size,
    async closeAll(msMax) {
      const ends = [...open].map(({ closed }) => closed);
      for (const session of open) session.close(1012, "The gateway stops; connect again.");
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, msMax);
      });
      await Promise.race([Promise.all(ends), late]);
      clearTimeout(timer);
    },
  };
}

import type { Logger } from "pino";

export type LeaseOptions = {
  readonly register: () => Promise<{ readonly bootId: string; readonly leaseMs: number }>;
  readonly renew: (bootId: string) => Promise<boolean>;
  readonly end: (bootId: string) => Promise<void>;
  /** A boot begins: its intents count from 1. */
  readonly onBoot: (bootId: string) => void;
  readonly log: Logger;
};

/** This run's claim to its own open calls. While it is renewed, nobody else closes them. */
export type Lease = {
  start(): Promise<void>;
  /** The boot was fenced by the sweeper: registers another one. */
  replace(): void;
  /** Gives the boot up; what is still open is swept at once. */
  end(): Promise<void>;
};

export function createLease(options: LeaseOptions): Lease {
  let bootId: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let everyMs = 1_000;
  let ended = false;
  let registering: Promise<void> | null = null;

  const register = async (): Promise<void> => {
    const boot = await options.register();
    bootId = boot.bootId;
    everyMs = Math.ceil(boot.leaseMs / 3);
    options.onBoot(boot.bootId);
    options.log.info({ bootId }, "boot registered");
  };

  const tick = async (): Promise<void> => {
    try {
      if (bootId === null || !(await options.renew(bootId))) {
        bootId = null;
        await registerOnce();
      }
    } catch (error) {
      options.log.warn({ err: error }, "the lease could not be renewed");
    }
  };

  const registerOnce = (): Promise<void> => {
    registering ??= register().finally(() => {
      registering = null;
    });
    return registering;
  };

  const schedule = (ms: number): void => {
    clearTimeout(timer);
    if (ended) return;
    timer = setTimeout(() => {
      void tick().finally(() => schedule(bootId === null ? 1_000 : everyMs));
    }, ms);
  };

  return {
    async start() {
      await registerOnce();
      schedule(everyMs);
    },
    replace() {
      bootId = null;
      schedule(0);
    },
    async end() {
      ended = true;
      clearTimeout(timer);
      if (bootId !== null) await options.end(bootId);
    },
  };
}

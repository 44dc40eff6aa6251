import type { OwnGateway } from "../core/intake/own-gateway.ts";

/** Everything the intake is started with. */
export type IntakeSettings = {
  /** Threads that read, judge and record; 0: the caller's own. */
  readonly threads: number;
  /** Names under which callers reach the gateway itself. */
  readonly own: OwnGateway;
  /** Of all bodies that are held at once. */
  readonly bodiesBytesMax: number;
  /** Requests at work and waiting, of all tenants and of one. */
  readonly openMax: number;
  readonly tenantOpenMax: number;
  readonly tenantRecordsPerMinute: number;
  /** How long a body may take to arrive. */
  readonly arrivalMsMax: number;
};

const mib = 1024 * 1024;

export const defaultIntakeSettings: IntakeSettings = {
  threads: 0,
  own: new Set(),
  bodiesBytesMax: 128 * mib,
  openMax: 256,
  tenantOpenMax: 64,
  tenantRecordsPerMinute: 6_000_000,
  arrivalMsMax: 60_000,
};

import type { Outage } from "./outage.ts";

/** The sixty days of the story. */
export type StoryWindow = {
  readonly from: number;
  /** The story's now; nothing begins after it. */
  readonly end: number;
  /** Share of the calls that are told: 1 for the whole story. */
  readonly scale: number;
  readonly seed: string;
  readonly europeanOutage: Outage;
};

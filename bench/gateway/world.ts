import type { LoadOrder, LoadResult } from "./load.ts";
import type { RunningProcess } from "./processes.ts";
import type { Product } from "./product.ts";

export type Side = "bare" | "portkey" | "domicile";

/** All that runs for one measurement. */
export type World = {
  readonly upstream: RunningProcess;
  readonly bare: RunningProcess;
  /** null where it could not be installed. */
  readonly portkey: RunningProcess | null;
  readonly product: Product;
  readonly loadPid: number;
  /** Throws where a call was answered with anything but 200. */
  load(side: Side, order: Omit<LoadOrder, "port" | "headers">): Promise<LoadResult>;
  /** Calls that the product was sent so far. */
  sent(): number;
};

/** A chat completion of some 100 bytes. */
export const question = JSON.stringify({
  model: "gpt-5.5",
  messages: [{ role: "user", content: "Where does this sentence go, please?" }],
});

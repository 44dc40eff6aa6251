import type { IntakeOrder, IntakeOutcome } from "./order.ts";

export type WaitingOrder = {
  readonly order: IntakeOrder;
  readonly done: (outcome: IntakeOutcome) => void;
};

/** Orders that no thread has a hand free for: of the tenant that has least at work, the one that waits longest. */
export type OrderQueue = {
  add(waiting: WaitingOrder): void;
  /** null: none waits. What is taken is at work until `ended`. */
  take(): WaitingOrder | null;
  ended(order: IntakeOrder): void;
  clear(): WaitingOrder[];
};

export function createOrderQueue(): OrderQueue {
  const waiting: WaitingOrder[] = [];
  const atWork = new Map<string, number>();
  const workOf = ({ order }: WaitingOrder): number => atWork.get(order.reporter.tenantId) ?? 0;
  return {
    add: (each) => void waiting.push(each),
    take() {
      let best = 0;
      for (const [at, each] of waiting.entries()) if (workOf(each) < workOf(waiting[best] ?? each)) best = at;
      const [taken] = waiting.splice(best, 1);
      if (!taken) return null;
      atWork.set(taken.order.reporter.tenantId, workOf(taken) + 1);
      return taken;
    },
    ended({ reporter: { tenantId } }) {
      const rest = (atWork.get(tenantId) ?? 1) - 1;
      if (rest === 0) atWork.delete(tenantId);
      else atWork.set(tenantId, rest);
    },
    clear: () => waiting.splice(0),
  };
}

export type FindingState = "open" | "acknowledged" | "investigating" | "resolved" | "accepted";
export type Resolution = "config_fix" | "traffic_fix" | "provider_fix" | "false_positive";

/**
 * What people, and new calls, do to a finding. `call`: one more call with the same key was recorded. `recur`: whoever checked says that it came
 * again, be it where nothing is recorded.
 */
export type FindingAct =
  | { readonly kind: "acknowledge" }
  | { readonly kind: "investigate" }
  | { readonly kind: "resolve"; readonly resolution: Resolution }
  | { readonly kind: "accept" }
  | { readonly kind: "end_acceptance" }
  | { readonly kind: "recur" }
  | { readonly kind: "call" };

export type Transition =
  | { readonly ok: true; readonly state: FindingState; readonly reopened: boolean }
  | { readonly ok: false; readonly message: string };

const allowed: Readonly<Record<FindingState, Partial<Record<FindingAct["kind"], FindingState>>>> = {
  open: {
    acknowledge: "acknowledged",
    investigate: "investigating",
    resolve: "resolved",
    accept: "accepted",
    call: "open",
  },
  acknowledged: {
    investigate: "investigating",
    resolve: "resolved",
    accept: "accepted",
    call: "acknowledged",
  },
  investigating: { resolve: "resolved", accept: "accepted", call: "investigating" },
  resolved: { recur: "open", call: "open" },
  accepted: { end_acceptance: "open", call: "accepted" },
};

/**
 * The state after an act, or why it is not allowed. A new call reopens what was resolved; it does not
 * touch what people are working on or have accepted.
 */
export function transition(state: FindingState, act: FindingAct): Transition {
  const next = allowed[state][act.kind];
  if (next === undefined)
    return { ok: false, message: `A finding that is ${state} cannot be ${past[act.kind]}.` };
  return { ok: true, state: next, reopened: act.kind === "call" && state === "resolved" };
}

const past: Readonly<Record<FindingAct["kind"], string>> = {
  acknowledge: "acknowledged",
  investigate: "taken up for investigation",
  resolve: "resolved",
  accept: "accepted",
  end_acceptance: "taken out of acceptance",
  recur: "said to have come again",
  call: "seen again",
};

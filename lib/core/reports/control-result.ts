export type ControlId =
  | "destination_within_policy"
  | "policy_in_force"
  | "stopped_before_it_left"
  | "every_intent_accounted"
  | "provider_count_accounted"
  | "record_unbroken";

export type ControlResult = {
  readonly id: ControlId;
  readonly title: string;
  /** How it is tested, and by which part of an entry. */
  readonly procedure: string;
  readonly population: number;
  readonly passed: number;
  readonly failed: number;
  readonly not_testable: number;
  readonly conclusion: "met" | "not_met" | "not_concluded" | "nothing_to_test";
};

/**
 * One difference between two policies. `widens`: something is allowed, sent or cleared that was not.
 * `tightens`: the opposite. `alters`: neither, but people should know.
 */
export type PolicyChange = {
  readonly field: string;
  readonly effect: "widens" | "tightens" | "alters";
  readonly sentence: string;
};

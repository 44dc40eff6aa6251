/** What becomes of what one person asks for and a second decides; `withdrawn` by whoever asked. */
export type DecisionOutcome = "approved" | "rejected" | "withdrawn";

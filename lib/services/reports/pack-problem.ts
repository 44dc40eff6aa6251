import type { ReportProblem } from "../../contracts/reports.ts";

/** Why no pack came of it: an expected outcome, which is written beside the report. */
export class PackProblem extends Error {
  override readonly name = "PackProblem";
  readonly problem: ReportProblem;

  constructor(problem: ReportProblem, message: string = problem) {
    super(message);
    this.problem = problem;
  }
}

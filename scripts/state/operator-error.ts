/** Something the person at the terminal can mend. Printed as it stands, without a stack. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}

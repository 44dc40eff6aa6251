/**
 * Thrown within the transaction of a recording by whoever asked for it: nothing of the batch is to be recorded any more. It is
 * rolled back, neither split nor tried again, and this comes out of the recording verb.
 */
export class StopRecording extends Error {
  override readonly name = "StopRecording";

  constructor() {
    super("The recording was called off.");
  }
}

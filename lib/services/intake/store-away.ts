/**
 * The store could not be asked, or did not answer whether it committed. The same reports may be sent again: what was
 * recorded nevertheless is a duplicate then.
 */
export class StoreAway extends Error {
  override readonly name = "StoreAway";

  constructor(cause: unknown) {
    super("The store cannot be reached.", { cause });
  }
}

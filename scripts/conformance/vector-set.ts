/** A published set of test vectors, and how we are asked its questions. */
export type VectorSet = {
  readonly name: string;
  /** What it comes from. */
  readonly source: string;
  /** Folder below CONFORMANCE_VECTORS. */
  readonly folder: string;
  /** Gets the folder's path. Whatever it throws is a failure of the set. */
  readonly run: (folder: string, tally: Tally) => void;
};

/** Part of a set that was not run. */
type Skipped = { readonly what: string; readonly count: number; readonly why: string };

/** What came of a set. A wanted deviation is a case where we answer otherwise on purpose: it counts as passed, by name. */
export type SetOutcome = {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly Skipped[];
  readonly deviations: readonly { readonly what: string; readonly why: string }[];
  /** What a reader of the counts should know. */
  readonly remarks: readonly string[];
};

/** Collects what came of a set. */
export class Tally {
  #passed = 0;
  readonly #failed: string[] = [];
  readonly #skipped: Skipped[] = [];
  readonly #deviations: { what: string; why: string }[] = [];
  readonly #remarks: string[] = [];

  /** One case: passed when it came out as the set has it. */
  same(what: string, got: unknown, wanted: unknown): void {
    const [a, b] = [shown(got), shown(wanted)];
    if (a === b) this.#passed++;
    else this.#failed.push(`${what}: got ${a.slice(0, 200)}, the set has ${b.slice(0, 200)}`);
  }

  /** One case that must be refused with an error of this class. */
  refused(what: string, error: new (...args: never[]) => Error, work: () => unknown): void {
    let got: unknown;
    try {
      got = work();
    } catch (thrown) {
      if (thrown instanceof error) this.#passed++;
      else this.#failed.push(`${what}: not refused but broken: ${thrown}`);
      return;
    }
    this.#failed.push(`${what}: taken, and it has to be refused: ${shown(got).slice(0, 200)}`);
  }

  /** One case where the set wants what we refuse on purpose. `holds`: we do answer otherwise. */
  deviates(what: string, why: string, holds: boolean): void {
    if (!holds) this.#failed.push(`${what}: named as a wanted deviation, yet answered as the set has it`);
    else {
      this.#passed++;
      this.#deviations.push({ what, why });
    }
  }

  skip(what: string, count: number, why: string): void {
    this.#skipped.push({ what, count, why });
  }

  remark(words: string): void {
    this.#remarks.push(words);
  }

  fail(what: string): void {
    this.#failed.push(what);
  }

  get outcome(): SetOutcome {
    return {
      passed: this.#passed,
      failed: this.#failed,
      skipped: this.#skipped,
      deviations: this.#deviations,
      remarks: this.#remarks,
    };
  }
}

function shown(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

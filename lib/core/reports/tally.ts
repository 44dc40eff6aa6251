import type { CryptoPort } from "../ledger/crypto-port.ts";
import { openBalance } from "../ledger/entries/balance.ts";
import { computeReport } from "./compute-report.ts";
import type { ComputedReport } from "./computed-report.ts";
import type { ReportFrame } from "./report-frame.ts";
import { emptyPart, mergeParts, type TallyPart } from "./tally-part.ts";

export type Tally = {
  /** Parts in the order of their entries, none twice and none left out. */
  add(part: TallyPart): void;
  end(): ComputedReport;
};

/**
 * All figures of a report, from the entries of its range alone. Whoever builds a report and whoever verifies one use this
 * one function. Entries are counted into parts (`openTallyPart`), in one thread or in many.
 */
export function openTally(crypto: CryptoPort, frame: ReportFrame): Tally {
  const whole = emptyPart();
  let balance: ReturnType<typeof openBalance> | null = null;
  return {
    add(part) {
      if (balance === null && part.firstAt !== null)
        balance = openBalance(frame.first > 0 ? part.firstAt : null);
      for (const word of part.balance) balance?.hear(word);
      mergeParts(whole, part);
    },
    end() {
      const isWhole = Object.values(whole.absent).every((n) => n === 0);
      return computeReport(crypto, frame, whole, isWhole ? (balance ?? openBalance()).end() : null);
    },
  };
}

import type { CryptoPort } from "../ledger/crypto-port.ts";
import { openBalance } from "../ledger/entries/balance.ts";
import { computeReport } from "./compute-report.ts";
import type { ComputedReport } from "./computed-report.ts";
import { asSaidIn } from "./earlier-report.ts";
import type { Report } from "./report.ts";
import type { ReportFrame } from "./report-frame.ts";
import { countAbsent, emptyPart, mergeParts, type TallyPart } from "./tally-part.ts";

export type Tally = {
  /** Parts in the order of their entries, none twice and none left out. */
  add(part: TallyPart): void;
  /** Rows that are held: kinds of calls, their cases, the certificates they met, projects. They grow with what callers invent. */
  rows(): number;
  end(): ComputedReport;
  /** The same as a report of this version says it. */
  saidIn(version: Report["v"]): object;
};

/**
 * All figures of a report, from the entries of its range alone. Whoever builds a report and whoever verifies one use this
 * one function. Entries are counted into parts (`openTallyPart`), in one thread or in many.
 */
export function openTally(crypto: CryptoPort, frame: ReportFrame): Tally {
  const whole = emptyPart();
  let balance: ReturnType<typeof openBalance> | null = null;
  let ended: ComputedReport | null = null;
  const end = (): ComputedReport => {
    const isWhole = countAbsent(whole) === 0;
    ended ??= computeReport(crypto, frame, whole, isWhole ? (balance ?? openBalance()).end() : null);
    return ended;
  };
  return {
    add(part) {
      if (balance === null && part.firstAt !== null)
        balance = openBalance(frame.first > 0 ? part.firstAt : null);
      for (const word of part.balance) balance?.hear(word);
      mergeParts(whole, part);
    },
    rows: () =>
      whole.shapes.size + whole.cases.size + whole.wholeCases.size + whole.peers.size + whole.usage.rows.size,
    end,
    saidIn: (version) => asSaidIn(version, end(), frame, whole),
  };
}

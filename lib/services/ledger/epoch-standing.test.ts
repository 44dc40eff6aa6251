import { describe, expect, it } from "vitest";
import type { StatementRow } from "../../db/ledger-page.ts";
import { epochStanding } from "./epoch-standing.ts";

const said = (kind: string, second: number, over: Partial<StatementRow> = {}): StatementRow => ({
  logId: "log",
  id: `${second}`,
  at: new Date(Date.UTC(2026, 10, 22, 10, 0, second)),
  epoch: 1,
  kind,
  atIndex: null,
  sentence: `${kind} at ${second}`,
  detail: kind === "log_sealed" ? { size: 200, reason: "Moved." } : {},
  ...over,
});
const open = { sealed: null, frozen: null, sealedWords: null };

describe("how an epoch stands, by what the signer said last", () => {
  it.each<[string, readonly StatementRow[], object]>([
    ["nothing was said", [], open],
    ["it is frozen", [said("frozen", 1)], { frozen: { sentence: "frozen at 1" }, sealed: null }],
    ["it was released since", [said("unfrozen", 2), said("frozen", 1)], open],
    [
      "it was frozen again",
      [said("unfrozen", 2), said("frozen", 3)],
      { frozen: { sentence: "frozen at 3" } },
    ],
    ["another epoch is frozen", [said("frozen", 1, { epoch: 2 })], open],
    [
      "it was frozen and sealed since: it waits for nobody any more",
      [said("frozen", 1), said("log_sealed", 2)],
      {
        sealed: { size: 200, reason: "Moved.", keysLost: false },
        frozen: null,
        sealedWords: "log_sealed at 2",
      },
    ],
    [
      "its keys are lost",
      [said("log_sealed", 2), said("key_compromised", 2)],
      { sealed: { size: 200, keysLost: true } },
    ],
    [
      "a seal that names no size is none",
      [said("log_sealed", 2, { detail: { size: "200" } }), said("log_sealed", 1, { epoch: 2 })],
      open,
    ],
  ])("%s", (_name, statements, standing) => {
    expect(epochStanding(statements, 1)).toMatchObject(standing);
  });
});

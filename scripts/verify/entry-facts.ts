import type { CallBody } from "../../lib/core/ledger/entries/call-body.ts";
import type { Entry } from "../../lib/core/ledger/entries/entry.ts";
import type { EntryContent } from "../../lib/core/ledger/entries/read-entry.ts";
import type { Facts } from "./report.ts";

/** What the entry says, in words. trust: to be believed only as far as the checks go. */
export function entryFacts(entry: Entry | null, content: EntryContent | null): Facts {
  if (!entry) return [];
  return [
    ["entry type", entry.type],
    ["appended at", entry.at],
    ...(content ? factsOf(content) : []),
    ["committed", entry.commit ? Object.keys(entry.commit).join(", ") : null],
  ];
}

function factsOf(content: EntryContent): Facts {
  switch (content.type) {
    case "call":
    case "late_outcome":
      return callFacts(content.call.body, content.call.cuts);
    case "heartbeat":
    case "boot_closed":
      return [
        ["gateway boot", content.boot.boot],
        ["issued to", String(content.boot.issuedTo)],
        ["still open", String(content.boot.open.count)],
      ];
    case "event":
      return [
        ["event", content.event.kind],
        ["subject", content.event.subject],
        ["happened at", content.event.happenedAt],
        ["by", content.event.actor.name ?? `${content.event.actor.kind} ${content.event.actor.id}`],
      ];
    case "signer":
      return [
        ["signer said", content.statement.sentence],
        ["said at", content.statement.saidAt],
      ];
    case "epoch_opened":
      return [
        ["epoch", String(content.epoch.epoch)],
        ["follows", content.epoch.previous?.origin ?? null],
      ];
  }
}

function callFacts(body: CallBody, cuts: readonly string[]): Facts {
  const hosts = [...new Set(body.attempts.map(({ host }) => host))];
  return [
    ["call", body.id],
    ["started at", body.startedAt],
    ["ended at", body.endedAt],
    ["application", body.applicationId],
    ["host", hosts.length > 0 ? hosts.join(", ") : "none: nothing was dialled"],
    ["intended region", body.intendedRegion],
    ["served region", body.servedRegion],
    ["verdict", `${body.verdict} (${body.basis}, judge ${body.judgeVersion})`],
    ["reasons", body.reasons.length > 0 ? body.reasons.join(", ") : null],
    ["policy", body.policy && `version ${body.policy.version}, sha256 ${body.policy.sha256}`],
    ["catalog", `version ${body.catalog.version}, sha256 ${body.catalog.sha256}`],
    ["refused with", body.refusal?.code ?? null],
    ["simulated", body.facts.simulated ? "yes" : "no"],
    ["cut", cuts.length > 0 ? cuts.join(", ") : null],
  ];
}

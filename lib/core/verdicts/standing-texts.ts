import type { CauseText } from "./cause-text.ts";
import { evidenceRule, residencyGuide, tenantPolicy } from "./rules.ts";
import type { DatedCause, ProjectCause, RecordCause, StandingCause } from "./verdict.ts";

export const standingTexts: Readonly<
  Record<StandingCause | RecordCause | DatedCause | ProjectCause, CauseText>
> = {
  project_not_pinned: {
    title: "Project not pinned, or not known to be",
    sentence:
      "The regional host answered, but the project behind the key is global, or nothing shows that it is pinned to the region: the same key may work on the global host without an error.",
    remedy:
      "Create a project with this residency at OpenAI, move the key into it, and record the pin with its source. Residency cannot be changed on an existing project.",
    rule: residencyGuide,
  },
  project_not_set_up: {
    title: "Project not set up for this host",
    sentence:
      "The host is within policy, and OpenAI answered incorrect_hostname: the project behind the key is not set up for this region.",
    remedy:
      "Use a key of a project whose residency is this region. Do not follow the host that the error message names unless the policy allows it.",
    rule: residencyGuide,
  },
  log_frozen: {
    title: "Record frozen",
    sentence: "The signer refused to go on because the record no longer matches what it signed before.",
    remedy: "Stop, keep the database as it is, and compare it with the last checkpoint you hold.",
    rule: { title: "Domicile, ledger: signer state outside the database", url: null },
  },
  full_check_failed: {
    title: "Full check of the record failed",
    sentence:
      "The nightly check of every entry, or of the rows that pages show, found something that is not what the ledger holds.",
    remedy:
      "Stop, keep the database as it is, and read on the ledger page what differs and where. It stays open until people close it, also where a later check finds the record whole again.",
    rule: { title: "Domicile, ledger: the full check", url: null },
  },
  key_compromised: {
    title: "Signing keys declared lost",
    sentence:
      "The operator declared that somebody else may hold the keys that signed this record. It is sealed at what was signed before, and goes on under new keys.",
    remedy:
      "Fetch the new trust root apart from any pack, compare its fingerprint, and replace proofs and packs that were handed over: what stands behind the seal is not proven.",
    rule: { title: "Domicile, ledger: keys and trust", url: null },
  },
  observe_ending: {
    title: "Observing ends soon",
    sentence:
      "The policy observes today and will block from its end date on; calls outside policy will then be refused.",
    remedy:
      "Move the remaining calls to a host within policy before the date, or set another date with a second approver.",
    rule: tenantPolicy,
  },
  acceptance_due: {
    title: "Acceptance to be reviewed",
    sentence:
      "A named person accepted what the policy gives up, until a day of review that is near or has passed. Calls go on as before: the day alone stops nothing.",
    remedy:
      "Review it, and save the policy with another day and a second approver, or with a rule that needs no acceptance.",
    rule: tenantPolicy,
  },
  usage_not_recorded: {
    title: "Requests that the record does not hold",
    sentence:
      "OpenAI counted more requests of a project in a day than the record can account for, two days after that day had ended. Somebody may have used a key of the project without passing here; or another tenant here, or a log that was not imported, holds them.",
    remedy:
      "Find out who else has a key of this project. Let it be used through Domicile alone: make new keys in a project of its own, store them here, and revoke the old ones at OpenAI. Import the logs of what went past, so that it is judged.",
    rule: evidenceRule,
  },
  evidence_gap: {
    title: "Gap in the evidence",
    sentence:
      "For a time, calls were recorded under the last known policy or without a durable intent, or a report names a call of our own gateway that the record does not hold.",
    remedy: "Read the calls of that time one by one and note in the report what they do not show.",
    rule: evidenceRule,
  },
};

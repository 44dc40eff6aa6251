import type { StatedReport } from "../../core/reports/report.ts";
import { verdictWords } from "../../core/verdicts/verdict-words.ts";

/** Who could do what to the record, and what stands against it. Said the same in every report. */
export const attackers: StatedReport["integrity"]["attackers"] = [
  {
    who: "Whoever rules the database",
    can: "Read everything; change or delete what was not signed yet (about 10 seconds), of which gateways' numbers leave a hole; show false pages; destroy everything.",
    cannot:
      "Change, reorder, insert or remove an entry below a signed size unseen; have the signer sign a fork or a shorter log; make a checkpoint.",
  },
  {
    who: "The same with the signer's host",
    can: "Sign another history from now on.",
    cannot: "Make it agree with a checkpoint that somebody outside kept. Nobody but who keeps one can tell.",
  },
  {
    who: "Whoever rules a gateway",
    can: "Record false things about new calls of that gateway, and let calls pass without a record.",
    cannot: "Change an entry that is there, or hide a number that its heartbeats gave out.",
  },
  {
    who: "Whoever rules the web process",
    can: "Read what its database role may read, and show false pages.",
    cannot: "Change or delete an entry, or sign.",
  },
  {
    who: "Whoever hands over this pack",
    can: "Hand over another one, with a program of his own.",
    cannot: "Pass under a trust root and a verifier that the reader has from elsewhere.",
  },
  {
    who: "The whole organisation",
    can: "Anything that nobody outside holds a checkpoint of.",
    cannot: "Contradict a checkpoint that was handed out before.",
  },
];

export const glossary: StatedReport["appendices"]["glossary"] = [
  { term: "Entry", meaning: "One record of the log: a call at its close, a change, a gateway's word." },
  { term: "Leaf hash", meaning: "SHA-256 over a zero byte and the bytes of an entry." },
  { term: "Root", meaning: "The hash at the head of the tree over all leaf hashes (RFC 6962)." },
  { term: "Checkpoint", meaning: "Size and root of the log, signed by its key (C2SP tlog-checkpoint)." },
  { term: "Range", meaning: "The places of the log that this pack holds: the first included, the end not." },
  { term: "Epoch", meaning: "A log goes on as a new one after it was sealed." },
  { term: "Intent", meaning: "The number a gateway gives a call before its first byte leaves." },
  { term: "Policy", meaning: "The tenant's rule on where calls may go, as a numbered version." },
  {
    term: "Catalog",
    meaning: "What the provider documents of hosts, endpoints and models, as a numbered version.",
  },
  {
    term: "Claim",
    meaning: "One statement of place: relay, ingress, inference, handling, storage, system data.",
  },
  {
    term: "Basis",
    meaning:
      "How a verdict is known: observed on our own connection, reported by a log or a person, or none needed.",
  },
  { term: "Pin", meaning: "What the provider's project behind a key is bound to, and how that is known." },
  {
    term: "Settled day",
    meaning:
      "A UTC day of a project, held against the provider's count once 48 hours had passed since its end.",
  },
  { term: "Case", meaning: "Calls with the same cause, host, model, application and basis." },
  { term: verdictWords.unverifiable, meaning: "The evidence does not reach what the policy asks for." },
];

export const entryTypes: StatedReport["appendices"]["entry_types"] = [
  {
    type: "call",
    says: "Times, application, key id, policy and catalog, attempts, facts that were judged, claims with grades, verdict.",
  },
  { type: "late_outcome", says: "The same for a call whose end came after it had been given up." },
  { type: "heartbeat", says: "A gateway's run: numbers given out, and which are open." },
  { type: "boot_closed", says: "The last number of a gateway's run." },
  { type: "event", says: "Who did what to which subject, with its detail; names of people as commitments." },
  { type: "signer", says: "A statement of the signer about this log." },
  { type: "epoch_opened", says: "Which epoch begins, why, and which log it follows." },
];

/** What the outline of such a report has, and this one does not. */
export const leftOut: StatedReport["appendices"]["not_covered"] = [
  {
    what: "Verdict table at generation",
    why: "A pack is signed after the report in it is written; the verifier prints its own table.",
  },
  { what: "Clock skew", why: "The clocks of gateways, store and signer are not compared with one another." },
  {
    what: "Anchors and witnesses",
    why: "No witness outside the deployment signs checkpoints, and no time-stamping authority (RFC 3161) is asked.",
  },
  {
    what: "Fingerprint of the trust root",
    why: "A pack cannot vouch for the root it is checked under, and that file changes with every log and key.",
  },
  { what: "Fingerprint of the verifier", why: "The page /verify shows it for the file that it offers." },
  {
    what: "Every field of an entry",
    why: "The types stand above; the fields are in docs/ledger.md of Domicile's repository.",
  },
];

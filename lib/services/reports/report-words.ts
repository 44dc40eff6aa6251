import type { StatedReport } from "../../core/reports/report.ts";

/** What every report says in the same words. */
export const fixedWords: Pick<StatedReport, "verification" | "scope" | "assertion" | "sign_off"> & {
  readonly criteria: Pick<StatedReport["criteria"], "grades">;
  readonly integrity: Pick<StatedReport["integrity"], "words">;
} = {
  verification: {
    commands: [
      "node domicile-verify.mjs PACK.zip --trust trust-root.json",
      "node domicile-verify.mjs PACK.zip --trust trust-root.json --since old.checkpoint",
      "or open /verify and drop the pack and the trust root into the page; nothing is uploaded",
    ],
    trust_root_from:
      "Ask whoever runs the deployment for trust-root.json by another way than the pack, and compare its SHA-256 with him.",
    verifier_from:
      "domicile-verify.mjs: one file for Node 22 or newer, offered for download at /verify; built from Domicile's repository, where npm run verify-pack is the same.",
    verifier_sha256: null,
  },
  scope: {
    in_scope: [
      "Calls to OpenAI's API that passed this tenant's gateway, and calls that logs of others reported, each marked as such.",
      "Changes that people and programs made in the tenant, as its log holds them.",
    ],
    out_of_scope: [
      "Calls that passed no gateway and were reported by nobody.",
      "The provider's own web products, its support, and copies kept for abuse monitoring.",
      "What prompts and answers said: none of it is recorded.",
    ],
    roles: [
      "The tenant is named on the cover. Who is controller and who processor stands in the register, where it is recorded.",
    ],
    definitions: [
      {
        term: "Residency",
        meaning: "Confining a location claim to countries, by a rule of the tenant's policy.",
      },
      {
        term: "Region",
        meaning: "A provider's name for a set of countries. Countries are compared, never names.",
      },
      { term: "Global host", meaning: "api.openai.com: a destination without a location promise." },
      {
        term: "Not verifiable",
        meaning: "The evidence does not reach what the policy asks. It is never counted as within.",
      },
      { term: "Transfer", meaning: "What went, or may have gone, to a country outside the EEA." },
    ],
  },
  criteria: {
    grades: [
      {
        grade: "A",
        says: "The provider states the place for that request.",
        does_not_say: "Copies kept for abuse monitoring. OpenAI gives none.",
      },
      {
        grade: "B",
        says: "The provider echoed it in the answer.",
        does_not_say: "Processing behind global and zone deployments.",
      },
      {
        grade: "C",
        says: "We dialled the documented host ourselves, over verified TLS.",
        does_not_say: "Anything past the edge.",
      },
      { grade: "D", says: "A log names the host.", does_not_say: "That it was dialled." },
      {
        grade: "E",
        says: "A label, a default or a configuration says so.",
        does_not_say: "Everything else.",
      },
    ],
  },
  assertion: {
    not_covered:
      "An assertion is for a person of the management to make and to sign. Domicile records none and makes none; it belongs here.",
  },
  integrity: {
    words: [
      "The log is an append-only Merkle tree (RFC 6962). A signer with a memory of its own, outside the database, signs its head.",
      "A change to an entry below a checkpoint that somebody holds is detected. It is tamper-evident, not tamper-proof.",
      "The time of a checkpoint is the signer's own clock, and nobody else's.",
    ],
  },
  sign_off: [
    { role: "preparer", name: null, on: null },
    { role: "reviewer", name: null, on: null },
    { role: "approver", name: null, on: null },
  ],
};

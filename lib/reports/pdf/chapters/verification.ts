import type { Report } from "../../../core/reports/report.ts";
import type { Chapter, Fact } from "../block.ts";

export function verificationChapter({ stated, computed }: Report): Chapter {
  const { commands, trust_root_from, verifier_from, verifier_sha256 } = stated.verification;
  return {
    number: "1",
    title: "Verify it first",
    breakBefore: true,
    blocks: [
      {
        kind: "paragraph",
        tone: "lead",
        text: "Nothing in this report asks to be believed. The pack that holds it carries every entry behind its numbers, and a program that trusts nobody counts them again.",
      },
      { kind: "lines", lines: commands },
      {
        kind: "facts",
        rows: [
          { label: "Trust root", value: trust_root_from },
          hashFact(stated.cover.trust_root_sha256),
          { label: "Verifier", value: verifier_from },
          hashFact(verifier_sha256),
          { label: "Log", value: computed.scope.log, mono: true },
          { label: "Root at its end (base64)", value: computed.scope.end_root, mono: true },
        ],
      },
      {
        kind: "paragraph",
        text: "Take the trust root and the verifier by a way that does not lead through whoever gave you this pack, and compare their fingerprints. Whoever has only sha256sum can hold every file against MANIFEST.json; the signature over it is an Ed25519 signed note (C2SP).",
      },
      {
        kind: "paragraph",
        tone: "muted",
        text: "A passed check says that the record is whole and the numbers follow from it. It says nothing about whether what happened was lawful.",
      },
    ],
  };
}

/** Where the report does not say it, the appendices say why. */
function hashFact(sha256: string | null): Fact {
  return {
    label: "Its SHA-256",
    value: sha256 ?? "not stated here: see the appendices",
    mono: sha256 !== null,
  };
}

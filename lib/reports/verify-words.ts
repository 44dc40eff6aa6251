import type { Manifest } from "../core/ledger/pack/manifest.ts";

/** VERIFY.md: how a stranger checks the pack, with Domicile's verifier or without it. */
export function verifyWords({ id, log, range, period, simulated }: Omit<Manifest, "files">): string {
  return `# How to check this pack

Pack ${id}
Calls that began from ${period.from} up to ${period.to}
Entries ${range.first} up to ${range.end} of the log ${log}
${simulated ? "\nSIMULATED: the calls in it were made to a simulated provider. No real call is in it.\n" : ""}
1. Get the trust root by another way than this pack, and compare its SHA-256 with whoever gave it to you. A pack cannot vouch
   for itself: without a trust root no check ends better than UNVERIFIABLE.
2. \`node domicile-verify.mjs PACK.zip --trust trust-root.json\`: one file for Node 22 or newer, offered for download at /verify,
   which needs no network. \`npm run verify-pack\` in a copy of Domicile is the same. Or open the page /verify and drop both files into it:
   nothing is uploaded.
3. With a checkpoint of this log that you kept: add \`--since old.checkpoint\`.

It answers 0: the record is intact; 1: it is not; 2: it cannot be told. It names what was checked, what was not proven, and the
index of the first entry that differs.

## Without our program

- \`MANIFEST.json\` names the SHA-256 of every file but itself and \`MANIFEST.note\`: \`sha256sum\` tells.
- \`MANIFEST.note\` is a C2SP signed note over the context, the pack's id, the SHA-256 of \`MANIFEST.json\`, the log and the range.
- Each line of \`log/entries-*.ndjson\` is an entry's bytes. Leaf: SHA-256 of 0x00 and these bytes; node: of 0x01 and both children
  (RFC 6962). From \`log/start.frontier\` through all leaves the root of \`log/end.checkpoint\` must come out.
- \`report.json\` is what is claimed; its part \`computed\` follows from the entries. \`tables/\` is for people; the verifier
  compares \`tables/findings.csv\` alone.

An intact record says nothing about compliance.
`;
}

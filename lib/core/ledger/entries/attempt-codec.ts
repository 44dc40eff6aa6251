import type {
  AttemptProgress,
  PeerEvidence,
  ProviderEcho,
  TransportFailure,
} from "../../calls/attempt-facts.ts";
import type { TimedAttempt } from "../../calls/call-record.ts";
import type { Judgement } from "../../verdicts/verdict.ts";
import { listOf, text } from "./cut-codec.ts";
import { type FieldCodec, flag, integer, nullable, objectOf, oneOf } from "./field-codec.ts";
import { basisCodec, gradeCodec, reasonsCodec, verdictCodec } from "./judgement-codec.ts";

export type JudgedAttempt = { readonly facts: TimedAttempt; readonly judgement: Judgement };

/** An attempt as it stands in the entry: all evidence but the peer's address, which is committed to. */
export type AttemptEntry = Omit<TimedAttempt, "peer"> & {
  readonly peer: Omit<PeerEvidence, "address"> | null;
  /** What was judged of this attempt alone. */
  readonly judged: Pick<Judgement, "verdict" | "basis" | "reasons">;
};

/** An attempt and what was judged of it, as they stand in the entry. */
export function attemptEntry({ facts, judgement }: JudgedAttempt): AttemptEntry {
  const { verdict, basis, reasons } = judgement;
  return { ...facts, judged: { verdict, basis, reasons } };
}

const hostName = text(253);

const peer = objectOf<Omit<PeerEvidence, "address">>({
  port: integer,
  tlsName: hostName,
  tlsVerified: flag,
  tlsProtocol: text(16),
  peerKeySha256: text(64),
});

const echo = objectOf<ProviderEcho>({
  requestId: nullable(text(128)),
  projectId: nullable(text(128)),
  organization: nullable(text(128)),
  edgeCode: nullable(text(8)),
  processingMs: nullable(integer),
  statedRegion: nullable(text(64)),
});

const attempt: FieldCodec<AttemptEntry> = objectOf<AttemptEntry>({
  no: integer,
  startedAt: text(24),
  durationMs: nullable(integer),
  host: hostName,
  progress: oneOf<AttemptProgress>({
    refused: true,
    not_sent: true,
    partial: true,
    sent: true,
    unknown: true,
  }),
  requestBytes: integer,
  responseBytes: integer,
  status: nullable(integer),
  errorCode: nullable(text(128)),
  suggestedHost: nullable(hostName),
  redirectHost: nullable(hostName),
  failure: nullable(
    oneOf<TransportFailure>({
      dns: true,
      address_refused: true,
      tcp: true,
      tls: true,
      connect_timeout: true,
      idle: true,
      reset: true,
      aborted: true,
      protocol: true,
    }),
  ),
  peer: nullable(peer),
  echo,
  hostGrade: gradeCodec,
  judged: objectOf<AttemptEntry["judged"]>({
    verdict: verdictCodec,
    basis: basisCodec,
    reasons: reasonsCodec,
  }),
});

/** At least one attempt always fits; a usual one takes a fifth of this. */
export const attemptsCodec: FieldCodec<readonly AttemptEntry[]> = listOf(attempt, {
  bytesMax: 4_800,
  itemBytesMax: 4_000,
});

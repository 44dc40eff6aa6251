import {
  type LogDetail,
  type LogEpoch,
  type LogKey,
  type LogSearch,
  type SignerStatement,
  statementsShown,
} from "../../contracts/ledger.ts";
import { readTrustRoot, type TrustRoot, TrustRootError } from "../../core/ledger/trust-root.ts";
import {
  callsBeforeLedger,
  listEpochs,
  logHeads,
  newestStatements,
  type StatementRow,
  standingStatements,
} from "../../db/ledger-page.ts";
import { newestTrustRoot, type TrustRootRow } from "../../db/ledger-trust-root.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { type EpochStanding, epochStanding } from "./epoch-standing.ts";
import { logFor } from "./log-for.ts";
import { newestVerifications, summaryOf } from "./standing-of.ts";
import { trustRootSummary } from "./trust-root-summary.ts";

/** Everything about one log that its reader needs to judge whether it is whole, and to check it without us. */
export async function getLog(actor: Actor, search: LogSearch, now: Date = new Date()): Promise<LogDetail> {
  const ref = await logFor(actor, search);
  const trustRoot = read(await newestTrustRoot());
  const summary = await trustRootSummary();
  return readTenantsSql([ref.logId], async (sql) => {
    const [head] = await logHeads(sql, [ref.logId]);
    const standing = await standingStatements(sql, [ref.logId]);
    const statements = await newestStatements(sql, ref.logId, statementsShown);
    const epochs = await listEpochs(sql, ref.logId);
    const logs = logsOf(trustRoot, epochs);
    return {
      ...summaryOf(ref, head, standing, now),
      asOf: now.toISOString(),
      epoch: head?.epoch ?? null,
      origin: head?.origin ?? null,
      root: head?.root ?? null,
      signerHeardAt: latest(head?.signedAt, statements[0]?.at),
      callsBefore: ref.log === "system" ? null : await callsBeforeLedger(sql, ref.logId),
      verifications: newestVerifications(standing),
      statements: statements.map(statementOf),
      keys:
        trustRoot === "unreadable"
          ? null
          : logs.flatMap(({ epoch, log }) => (log?.keys ?? []).map((key) => keyOf(epoch.epoch, key))),
      epochs: logs.map(({ epoch, log }) => ({
        ...epoch,
        openedAt: epoch.openedAt.toISOString(),
        // Where the stored trust root is none, or behind, the signer's statement says it.
        sealed: log?.sealed
          ? { size: Number(log.sealed.size), reason: log.sealed.reason }
          : sealOf(epochStanding(standing, epoch.epoch)),
      })),
      trustRoot: summary,
    };
  });
}

/** trust: the signer wrote it, but whoever can write the database may have, too. The other answers do not wait for it. */
function read(published: TrustRootRow | null): TrustRoot | null | "unreadable" {
  try {
    return published && readTrustRoot(published.document);
  } catch (error) {
    if (error instanceof TrustRootError) return "unreadable";
    throw error;
  }
}

function logsOf(trustRoot: TrustRoot | null | "unreadable", epochs: Awaited<ReturnType<typeof listEpochs>>) {
  return epochs.map((epoch) => ({
    epoch,
    log:
      trustRoot === "unreadable" ? undefined : trustRoot?.logs.find(({ origin }) => origin === epoch.origin),
  }));
}

type RootKey = TrustRoot["logs"][number]["keys"][number];

function sealOf({ sealed }: EpochStanding): LogEpoch["sealed"] {
  return sealed && { size: sealed.size, reason: sealed.reason };
}

function keyOf(epoch: number, key: RootKey): LogKey {
  return {
    vkey: key.vkey,
    role: key.role,
    epoch,
    fromSize: Number(key.from_size),
    toSize: key.to_size === null ? null : Number(key.to_size),
    status: key.status,
    reason: key.reason,
  };
}

function statementOf({ id, at, epoch, kind, atIndex, sentence }: StatementRow): SignerStatement {
  return { id, at: at.toISOString(), epoch, kind: kind as SignerStatement["kind"], atIndex, sentence };
}

function latest(...moments: readonly (Date | null | undefined)[]): string | null {
  const times = moments.flatMap((at) => (at ? [at.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString();
}

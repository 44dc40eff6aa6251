import type { AttemptEntry } from "../ledger/entries/attempt-codec.ts";

/** Attempts at one host that met one certificate's key, or none. */
export type PeerRow = {
  readonly host: string;
  /** SHA-256 of the certificate's public key, hex; null: no connection of our own came about, or a log told of it. */
  readonly peerKeySha256: string | null;
  readonly hostGrade: string;
  attempts: number;
  firstAt: string;
  lastAt: string;
};

export type PeerTable = Map<string, PeerRow>;

export function addPeer(table: PeerTable, attempt: AttemptEntry): void {
  const { host, hostGrade, startedAt } = attempt;
  const peerKeySha256 = attempt.peer?.peerKeySha256 ?? null;
  const key = `${hostGrade}${peerKeySha256 === null ? "-" : `${peerKeySha256.length}:${peerKeySha256}`}${host}`;
  const row = table.get(key);
  if (row === undefined)
    table.set(key, { host, peerKeySha256, hostGrade, attempts: 1, firstAt: startedAt, lastAt: startedAt });
  else addAttempts(row, 1, startedAt, startedAt);
}

/** Puts the peers of later entries to the earlier. */
export function mergePeers(into: PeerTable, next: PeerTable): void {
  for (const [key, row] of next) {
    const known = into.get(key);
    if (known === undefined) into.set(key, row);
    else addAttempts(known, row.attempts, row.firstAt, row.lastAt);
  }
}

function addAttempts(row: PeerRow, attempts: number, firstAt: string, lastAt: string): void {
  row.attempts += attempts;
  if (firstAt < row.firstAt) row.firstAt = firstAt;
  if (lastAt > row.lastAt) row.lastAt = lastAt;
}

/** In the order of host, key and grade. */
export function peersInOrder(table: PeerTable): PeerRow[] {
  return [...table.values()]
    .map((row) => ({ row, key: JSON.stringify([row.host, row.peerKeySha256, row.hostGrade]) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}

import type { KeySummary } from "../../lib/contracts/tenants.ts";
import { keyScopeWords } from "../../lib/core/access/key-scopes.ts";
import { Badge } from "../ui/badge.tsx";
import { Time } from "../ui/time.tsx";

/** Whether gateways take a key, and until when. */
export function KeyState({ of: { revokedAt, expiresAt } }: { of: KeySummary }) {
  if (revokedAt !== null) return <Badge tone="outline">Revoked</Badge>;
  if (expiresAt === null) return <>Until revoked</>;
  return new Date(expiresAt).getTime() <= Date.now() ? (
    <Badge tone="outline">Ended</Badge>
  ) : (
    <>
      Until <Time at={expiresAt} precision="day" />
    </>
  );
}

/** True for a key that no gateway takes. */
export function hasEnded({ revokedAt, expiresAt }: KeySummary): boolean {
  return revokedAt !== null || (expiresAt !== null && new Date(expiresAt).getTime() <= Date.now());
}

/** What a key is confined to, shortest first; the whole of it in the title. */
export function KeyLimitWords({ of: key }: { of: KeySummary }) {
  const words = [
    ...(key.scopes.length === 0 ? [] : [key.scopes.map((scope) => keyScopeWords[scope].title).join(", ")]),
    ...(key.allowedFrom.length === 0 ? [] : [`from ${key.allowedFrom.join(", ")}`]),
    ...(key.callsPerMinute === null ? [] : [`${key.callsPerMinute} a minute`]),
    ...(key.concurrentCalls === null ? [] : [`${key.concurrentCalls} at once`]),
  ];
  if (words.length === 0) return <span className="text-faint">None</span>;
  const text = words.join("; ");
  return (
    <span className="block max-w-56 truncate" title={text}>
      {text}
    </span>
  );
}

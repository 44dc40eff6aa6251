import type { TenantReach } from "../../lib/contracts/catalog.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Notice } from "../ui/notice.tsx";

const namedMax = 8;

/** Whose calls a catalog lets go where their policies kept them from. Nothing where it lets none. */
export function ReachNotice({ reach }: { reach: readonly TenantReach[] }) {
  if (reach.length === 0) return null;
  return (
    <Notice tone="outside">
      <p>
        Calls of {formatNoun(reach.length, "tenant")} can go to hosts that their policies keep them from
        today.
      </p>
      <ul className="mt-1 list-disc pl-5">
        {reach.slice(0, namedMax).map(({ tenant, hosts }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: who may not know the tenants is told of several alike
          <li className="break-words" key={`${tenant ?? ""} ${at}`}>
            {tenant ?? "A tenant"}: {hosts.slice(0, namedMax).join(", ")}
            {hosts.length > namedMax ? ` and ${hosts.length - namedMax} more` : ""}
          </li>
        ))}
        {reach.length > namedMax ? <li>and {reach.length - namedMax} more</li> : null}
      </ul>
    </Notice>
  );
}

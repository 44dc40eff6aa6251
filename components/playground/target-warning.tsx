import type { TargetOutlook } from "../../lib/contracts/playground.ts";
import { Notice } from "../ui/notice.tsx";

/** What the policy would do with the call, before it is sent; nothing where it would simply go. */
export function TargetWarning({ outlook }: { outlook: TargetOutlook | undefined }) {
  if (!outlook) return null;
  const { host, objection } = outlook;
  if (outlook.outlook === "refused")
    return (
      <Notice live tone="stopped">
        The policy would stop this call before it leaves. {withoutTail(objection?.message)}
      </Notice>
    );
  return (
    <>
      {outlook.outlook === "flagged" ? (
        <Notice live tone="outside">
          The policy observes: the call would be sent and flagged. {withoutTail(objection?.message)}
        </Notice>
      ) : null}
      {outlook.hasCredential ? null : (
        <Notice live tone="doubt">
          The tenant holds no provider key that may be sent to <code className="font-mono">{host}</code>. The
          gateway would refuse the call. Add one under Settings.
        </Notice>
      )}
    </>
  );
}

/** The plan's own sentence; that nothing was sent is not yet true of a call nobody made. */
function withoutTail(message: string | undefined): string {
  return (message ?? "").replace(/ Nothing was sent\.$/, "");
}

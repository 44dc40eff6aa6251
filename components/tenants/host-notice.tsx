import type { TargetOutlook } from "../../lib/contracts/playground.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { classifyHost } from "../../lib/core/regions/classify-host.ts";
import { normaliseHost } from "../../lib/core/regions/normalise-host.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { azureWords } from "../regions/host-words.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { regionName } from "../ui/region-name.tsx";

export type HostNoticeProps = {
  host: string;
  onChoose: (host: string) => void;
  outlooks?: readonly TargetOutlook[];
  /** The one in force; absent: the one that came with the program. */
  catalog?: Catalog;
};

/** What the catalog and the policy say of a host somebody types, while he types. */
export function HostNotice({ host, onChoose, outlooks, catalog = openaiCatalog }: HostNoticeProps) {
  const typed = normaliseHost(host);
  if (!typed.includes(".") || isBeginning(typed, catalog)) return null;
  const { class: kind, region, rightHost } = classifyHost(typed, catalog, []);
  if (kind === "lookalike")
    return (
      <Notice
        action={
          rightHost ? (
            <Button onClick={() => onChoose(rightHost)} size="sm">
              Use {rightHost}
            </Button>
          ) : undefined
        }
        live
        tone="outside"
      >
        <code className="font-mono">{typed}</code> is not OpenAI's: it is a lookalike. Whoever owns it would
        receive the provider key and every prompt.
        {rightHost ? (
          <>
            {" "}
            The documented name is <code className="font-mono">{rightHost}</code>.
          </>
        ) : null}
      </Notice>
    );
  const azure = catalog.hosts.find((row) => row.host === typed)?.azure ?? null;
  if (azure !== null)
    return (
      <Notice live>
        An Azure resource in {azure.azureRegion}, recorded by {azure.attestedBy}. {azureWords[azure.sku]}.
      </Notice>
    );
  if (kind !== "official")
    return (
      <Notice live tone="outside">
        OpenAI documents no host named <code className="font-mono">{typed}</code>. A key may aim at it only
        where the tenant's policy admits it.
      </Notice>
    );
  const outlook = outlooks?.find((each) => each.target !== "policy" && each.region === region);
  if (outlook?.objection?.code === "region_blocked")
    return (
      <Notice live tone={outlook.outlook === "refused" ? "stopped" : "outside"}>
        {outlook.outlook === "refused"
          ? "This tenant's policy refuses every call to it."
          : "This tenant's policy observes: every call to it will be sent and flagged as outside policy."}
      </Notice>
    );
  return (
    <Notice live>
      {region === "global"
        ? "The global endpoint. OpenAI promises no place for it."
        : `${regionName(region)}.`}
    </Notice>
  );
}

/** Nothing is said of a name that may still become one of the catalog's. */
function isBeginning(typed: string, catalog: Catalog): boolean {
  const hosts = catalog.hosts.map((row) => row.host);
  return !hosts.includes(typed) && hosts.some((host) => host.startsWith(typed));
}

import { useCatalog } from "../regions/use-catalog.ts";
import { CheckList } from "../ui/check-list.tsx";
import { RegionMark } from "../ui/region-mark.tsx";

export type HostChecklistProps = {
  chosen: readonly string[];
  onChange: (hosts: readonly string[]) => void;
  error: string | null;
};

/** The documented hosts a provider key may be sent to: a closed set. */
export function HostChecklist({ chosen, onChange, error }: HostChecklistProps) {
  const hosts = useCatalog().hosts.filter(({ provider }) => provider === "openai");
  return (
    <CheckList
      chosen={chosen}
      error={error}
      legend="Hosts it may be sent to, and nowhere else"
      onChange={onChange}
      options={hosts.map(({ host, region }) => ({
        id: host,
        label: (
          <>
            <code className="min-w-0 flex-1 truncate font-mono text-xs">{host}</code>
            <RegionMark code={region ?? "global"} />
          </>
        ),
      }))}
    />
  );
}

import { useId } from "react";
import { useCatalog } from "../regions/use-catalog.ts";
import { RegionMark } from "../ui/region-mark.tsx";

export type HostChecklistProps = {
  chosen: readonly string[];
  onChange: (hosts: readonly string[]) => void;
  error: string | null;
};

/** The documented hosts a provider key may be sent to: a closed set. */
export function HostChecklist({ chosen, onChange, error }: HostChecklistProps) {
  const id = useId();
  const hosts = useCatalog().hosts.filter(({ provider }) => provider === "openai");
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="flex min-w-0 flex-col">
      <legend className="mb-1.5 font-medium text-sm">Hosts it may be sent to, and nowhere else</legend>
      <div className="max-h-48 divide-y divide-line overflow-y-auto rounded-md border">
        {hosts.map(({ host, region }) => (
          <label
            className="flex h-8 cursor-pointer items-center gap-2.5 px-3 hover:bg-hover has-checked:bg-accent-tint"
            key={host}
          >
            <input
              checked={chosen.includes(host)}
              className="size-3.5 accent-accent"
              onChange={({ target: { checked } }) =>
                onChange(checked ? [...chosen, host] : chosen.filter((each) => each !== host))
              }
              type="checkbox"
            />
            <code className="min-w-0 flex-1 truncate font-mono text-xs">{host}</code>
            <RegionMark code={region ?? "global"} />
          </label>
        ))}
      </div>
      {error ? (
        <p className="mt-1.5 text-outside-ink text-xs" id={`${id}-error`} role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

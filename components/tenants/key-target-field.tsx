import { useId } from "react";
import type { TargetOutlook } from "../../lib/contracts/playground.ts";
import { useCatalog } from "../regions/use-catalog.ts";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { HostNotice } from "./host-notice.tsx";

export type KeyTargetFieldProps = {
  /** null: the policy decides. */
  host: string | null;
  onChange: (host: string | null) => void;
  outlooks: readonly TargetOutlook[] | undefined;
  error: string | null;
};

/** Where the calls of a key go: as the policy routes, or to one fixed host. */
export function KeyTargetField({ host, onChange, outlooks, error }: KeyTargetFieldProps) {
  const listId = useId();
  const catalog = useCatalog();
  const home = outlooks?.find(({ target }) => target === "policy")?.host;
  return (
    <div className="flex flex-col gap-3">
      <ChoiceList
        legend="Target"
        name="targetKind"
        onChange={(kind) => onChange(kind === "policy" ? null : "")}
        options={[
          {
            id: "policy",
            title: "As the policy routes",
            meaning: home ? `Today to ${home}. Follows the policy when it changes.` : "Follows the policy.",
          },
          {
            id: "host",
            title: "A fixed host",
            meaning: "One host of the catalog, or one that the policy admits, whatever the routing says.",
          },
        ]}
        value={host === null ? "policy" : "host"}
      />
      {host === null ? null : (
        <>
          <Field error={error} label="Host">
            <Input
              autoComplete="off"
              className="font-mono text-sm"
              list={listId}
              maxLength={253}
              onChange={({ target: { value } }) => onChange(value)}
              placeholder="eu.api.openai.com"
              spellCheck={false}
              value={host}
            />
          </Field>
          <datalist id={listId}>
            {catalog.hosts.map((row) => (
              <option key={row.host} value={row.host} />
            ))}
          </datalist>
          <HostNotice catalog={catalog} host={host} onChoose={onChange} outlooks={outlooks} />
        </>
      )}
    </div>
  );
}

import type { DestinationSummary } from "../../lib/contracts/alerts.ts";
import { severities } from "../../lib/contracts/findings.ts";
import { type AlertKind, alertKinds, chosenKinds } from "../../lib/core/alerts/alert-kinds.ts";
import { CheckList } from "../ui/check-list.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { severityWords } from "./alert-words.ts";

export type DestinationFieldsProps = {
  kind: "webhook" | "email";
  /** What it is now; null: it is new. */
  present: DestinationSummary | null;
  kinds: readonly AlertKind[];
  onKinds: (kinds: readonly AlertKind[]) => void;
  errorOf: (field: string) => string | null;
};

/** What is asked of a destination, new or not. */
export function DestinationFields({ kind, present, kinds, onKinds, errorOf }: DestinationFieldsProps) {
  const isWebhook = kind === "webhook";
  return (
    <>
      <Field error={errorOf("name")} label="Name">
        <Input
          autoComplete="off"
          defaultValue={present?.name}
          maxLength={60}
          name="name"
          placeholder={isWebhook ? "On-call system" : "Compliance team"}
        />
      </Field>
      <Field
        error={errorOf("address")}
        hint={
          present
            ? `Left empty it stays ${present.address}`
            : isWebhook
              ? "An https address. A receiver in the house has to be named by the operator first."
              : "One mail address, best of a team."
        }
        label={isWebhook ? "Address" : "Mail address"}
        optional={present !== null}
      >
        <Input
          autoComplete="off"
          className="font-mono text-sm"
          maxLength={2_000}
          name="address"
          placeholder={isWebhook ? "https://receiver.example.com/alerts" : "alerts@example.com"}
          spellCheck={false}
        />
      </Field>
      <Field
        error={errorOf("country")}
        hint="Two letters, such as DE. It is shown as you declare it: nobody verifies it."
        label="Country in which the receiver keeps it"
      >
        <Input
          autoComplete="off"
          className="w-20 uppercase"
          defaultValue={present?.country}
          maxLength={2}
          name="country"
          spellCheck={false}
        />
      </Field>
      <Field error={errorOf("minSeverity")} label="How grave it has to be">
        <Select className="w-full" defaultValue={present?.minSeverity ?? "medium"} name="minSeverity">
          {severities.toReversed().map((severity) => (
            <option key={severity} value={severity}>
              {severityWords[severity]}
            </option>
          ))}
        </Select>
      </Field>
      <CheckList
        chosen={kinds}
        error={errorOf("kinds")}
        legend="What it is told"
        onChange={onKinds}
        options={chosenKinds.map((each) => ({ id: each, label: alertKinds[each].title }))}
      />
    </>
  );
}

/** What a form of these fields says. */
export function readDestination(form: HTMLFormElement): {
  name: string;
  address: string;
  country: string;
  minSeverity: string;
} {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "").trim();
  return {
    name: text("name"),
    address: text("address"),
    country: text("country"),
    minSeverity: text("minSeverity"),
  };
}

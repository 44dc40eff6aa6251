import { dayMs } from "../../../lib/core/calendar.ts";
import { ChoiceList } from "../../ui/choice-list.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { type DraftProps, problemOf } from "../draft.ts";

/** Whether calls outside policy are stopped, or watched until a date. */
export function EnforcementFields({ policy, change, problems, now }: DraftProps & { now: string }) {
  const { enforcement } = policy;
  const inNinetyDays = `${new Date(Date.parse(now) + 90 * dayMs).toISOString().slice(0, 10)}T00:00:00.000Z`;
  return (
    <div className="flex flex-col gap-4">
      <ChoiceList
        legend="Enforcement"
        name="enforcement"
        onChange={(mode) =>
          change({ enforcement: mode === "block" ? { mode } : { mode, until: inNinetyDays } })
        }
        options={[
          { id: "block", title: "Block", meaning: "Calls outside policy are stopped before they leave." },
          {
            id: "observe",
            title: "Observe",
            meaning:
              "Calls outside policy are sent, judged and flagged until a date; from then on they are stopped. A finding says so 14 days before.",
          },
        ]}
        value={enforcement.mode}
      />
      {enforcement.mode === "observe" ? (
        <Field
          error={problemOf(problems, "enforcement.until")}
          hint="At the beginning of this UTC day the policy blocks."
          label="Observing ends on (UTC day)"
        >
          <Input
            className="max-w-48"
            onChange={({ target: { value } }) =>
              change({
                enforcement: { mode: "observe", until: value === "" ? null : `${value}T00:00:00.000Z` },
              })
            }
            type="date"
            value={enforcement.until?.slice(0, 10) ?? ""}
          />
        </Field>
      ) : null}
    </div>
  );
}

import { type Grade, gradeAtLeast } from "../../../lib/core/calls/evidence.ts";
import { bestGrade } from "../../../lib/core/policies/check-evidence.ts";
import { claimNouns } from "../../../lib/core/policies/compare-places.ts";
import type { RestrictableClaim } from "../../../lib/core/policies/policy.ts";
import { spoolTime } from "../../../lib/core/policies/spool-time.ts";
import { ChoiceList } from "../../ui/choice-list.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { type DraftProps, problemOf } from "../draft.ts";
import { CheckField } from "./check-field.tsx";

const grades: readonly { readonly grade: Grade; readonly title: string }[] = [
  { grade: "A", title: "A: the provider's receipt" },
  { grade: "B", title: "B: the provider's echo" },
  { grade: "C", title: "C: dialled by our gateway" },
  { grade: "D", title: "D: named by a log" },
  { grade: "E", title: "E: a label or default" },
];
const claims: readonly RestrictableClaim[] = ["inference", "storage", "handling", "ingress", "relay"];

/** What it takes to clear a call, and what happens where it cannot be known. */
export function EvidenceFields({ policy, change, problems }: DraftProps) {
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-medium text-sm">Weakest evidence that clears a call</legend>
        <div className="grid gap-3 sm:grid-cols-2">
          {claims.map((claim) => (
            <Field error={problemOf(problems, `minimumGrade.${claim}`)} key={claim} label={claimNouns[claim]}>
              <Select
                onChange={({ target: { value } }) => {
                  const found = grades.find(({ grade }) => grade === value);
                  if (found) change({ minimumGrade: { ...policy.minimumGrade, [claim]: found.grade } });
                }}
                value={policy.minimumGrade[claim]}
              >
                {gradesOf(claim, policy.minimumGrade[claim]).map(({ grade, title }) => (
                  <option key={grade} value={grade}>
                    {title}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
        </div>
      </fieldset>
      <CheckField
        checked={policy.requirePin}
        error={problemOf(problems, "requirePin")}
        hint="Global projects are refused; a project whose pin is not known is not verifiable."
        label="Projects must be pinned to the region"
        onChange={(requirePin) => change({ requirePin })}
      />
      <ChoiceList
        legend="A call whose place cannot be judged beforehand"
        name="onUnknown"
        onChange={(onUnknown) => change({ onUnknown })}
        options={[
          { id: "send", title: "Is sent", meaning: "It is shown as not verifiable if it stays so." },
          { id: "refuse", title: "Is refused", meaning: "Nothing leaves that cannot be judged." },
        ]}
        value={policy.onUnknown}
      />
      <ChoiceList
        legend="When evidence cannot be written"
        name="onEvidenceLoss"
        onChange={(onEvidenceLoss) => change({ onEvidenceLoss })}
        options={[
          { id: "refuse", title: "Calls are refused", meaning: "No call leaves without a record." },
          {
            id: "spool",
            title: "Calls go on",
            meaning: `For ${spoolTime}, under the last known policy; they are marked as a gap.`,
          },
        ]}
        value={policy.onEvidenceLoss}
      />
    </div>
  );
}

/** What can be had for the claim, and what the policy asks for now. */
function gradesOf(claim: RestrictableClaim, asked: Grade) {
  return grades.filter(({ grade }) => grade === asked || gradeAtLeast(bestGrade[claim], grade));
}

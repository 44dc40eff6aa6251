import type { TargetOutlook } from "../../lib/contracts/playground.ts";
import { Label } from "../ui/label.tsx";
import { Select } from "../ui/select.tsx";
import { outlookWord, targetName, targets } from "./target-words.ts";

export type TargetSelectProps = {
  id: string;
  label: string;
  value: string;
  onChange: (target: string) => void;
  /** Absent while they are read. */
  outlooks: readonly TargetOutlook[] | undefined;
};

/** Where the call should go. What the policy objects to can be chosen: to see that it is refused is the point. */
export function TargetSelect({ id, label, value, onChange, outlooks }: TargetSelectProps) {
  return (
    <div className="flex min-w-0 flex-1 basis-60 items-center gap-2">
      <Label className="shrink-0" htmlFor={id}>
        {label}
      </Label>
      <Select
        className="min-w-0 max-w-96 flex-1"
        id={id}
        onChange={(event) => onChange(event.target.value)}
        value={value}
      >
        {(outlooks?.map(({ target }) => target) ?? targets).map((target) => {
          const word = outlookWord(outlooks?.find((each) => each.target === target));
          return (
            <option key={target} value={target}>
              {word ? `${targetName(target)} (${word})` : targetName(target)}
            </option>
          );
        })}
      </Select>
    </div>
  );
}

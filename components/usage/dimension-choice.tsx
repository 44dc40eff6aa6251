import { type UsageDimension, usageDimensions } from "../../lib/contracts/usage.ts";
import { Segments } from "../ui/segments.tsx";
import { dimensionWords } from "./usage-words.ts";

export type DimensionChoiceProps = { chosen: UsageDimension; onChoose: (by: UsageDimension) => void };

/** What the table counts by. */
export function DimensionChoice({ chosen, onChoose }: DimensionChoiceProps) {
  return (
    <Segments
      chosen={chosen}
      label="Count by"
      onChoose={onChoose}
      options={usageDimensions.map((id) => ({ id, word: dimensionWords[id] }))}
    />
  );
}

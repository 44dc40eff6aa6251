import type { CellClaim } from "../../lib/core/regions/catalog-tables.ts";
import { Segments } from "../ui/segments.tsx";
import { claimWords } from "./cell-words.ts";

const options = (Object.keys(claimWords) as CellClaim[]).map((id) => ({ id, word: claimWords[id] }));

/** Which claim the matrix speaks about. */
export function ClaimSwitch({ value, onChange }: { value: CellClaim; onChange: (claim: CellClaim) => void }) {
  return <Segments chosen={value} label="Claim" onChoose={onChange} options={options} />;
}

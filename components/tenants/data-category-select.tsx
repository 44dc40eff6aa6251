import type { ComponentProps } from "react";
import { dataCategories, dataCategoryWords } from "../../lib/core/findings/data-category.ts";
import { Select } from "../ui/select.tsx";

/** The kinds of data an application may declare, the most sensitive first. */
export function DataCategorySelect(props: Omit<ComponentProps<typeof Select>, "children" | "name">) {
  return (
    <Select {...props} name="dataCategory">
      {dataCategories.map((category) => (
        <option key={category} value={category}>
          {dataCategoryWords[category]}
        </option>
      ))}
    </Select>
  );
}

import type { ReactNode } from "react";
import type { RangeId } from "../../lib/contracts/range.ts";
import { RangePicker } from "./range-picker.tsx";
import { TenantPicker } from "./tenant-picker.tsx";

export type PageHeaderProps = {
  title: string;
  /** One sentence that answers the page's first question in words and figures. */
  sentence?: ReactNode;
  /** False where the page does not depend on time; or the ranges it can show. */
  range?: boolean | readonly RangeId[];
  tenant?: boolean;
  /** Buttons of this page, before the pickers. */
  actions?: ReactNode;
};

export function PageHeader({ title, sentence, range = true, tenant = true, actions }: PageHeaderProps) {
  return (
    // One below the other where it is narrow: the answer first, then what it can be asked for.
    <header className="flex flex-col gap-x-6 gap-y-1 lg:grid lg:grid-cols-[auto_minmax(0,1fr)]">
      <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
      {sentence ? (
        <div className="max-w-5xl text-pretty text-base text-muted lg:col-span-2 lg:row-start-2">
          {sentence}
        </div>
      ) : null}
      <div className="flex flex-wrap items-center gap-2 max-lg:not-empty:mt-2 lg:col-start-2 lg:row-start-1 lg:justify-end">
        {actions}
        {tenant ? <TenantPicker /> : null}
        {range === false ? null : <RangePicker ranges={range === true ? undefined : range} />}
      </div>
    </header>
  );
}

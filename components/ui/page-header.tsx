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
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 max-w-3xl flex-1 basis-120 flex-col gap-1">
        <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
        {sentence ? <div className="text-base text-muted">{sentence}</div> : null}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {actions}
        {tenant ? <TenantPicker /> : null}
        {range === false ? null : <RangePicker ranges={range === true ? undefined : range} />}
      </div>
    </header>
  );
}

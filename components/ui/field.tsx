import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";
import { FieldRemarks, remarkIds } from "./field-remarks.tsx";
import { Label } from "./label.tsx";

type ControlProps = {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  "aria-required"?: boolean;
};

export type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  optional?: boolean;
  className?: string;
  /** One input, select or textarea; it is tied to label, hint and error here. */
  children: ReactElement<ControlProps>;
};

/** A control with its label above, its hint and its error beneath. */
export function Field({ label, hint, error, optional = false, className, children }: FieldProps) {
  const ownId = useId();
  const id = children.props.id ?? ownId;
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <Label htmlFor={id}>
        {label}
        {optional ? <span className="ml-1.5 font-normal text-faint">optional</span> : null}
      </Label>
      {cloneElement(children, {
        id,
        "aria-describedby": remarkIds(id, { hint, error }),
        "aria-invalid": error ? true : undefined,
      })}
      <FieldRemarks error={error} hint={hint} id={id} />
    </div>
  );
}

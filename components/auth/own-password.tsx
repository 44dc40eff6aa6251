import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

export type OwnPasswordProps = {
  /** Of the reader, for whatever keeps his passwords. */
  email: string;
  error: string | null;
  label?: string;
};

/** The reader's password, as `present`, that shows that it is he. The first field of its form. */
export function OwnPassword({ email, error, label = "Your password" }: OwnPasswordProps) {
  return (
    <>
      <input autoComplete="username" className="hidden" name="username" readOnly type="text" value={email} />
      <Field error={error} label={label}>
        <Input autoComplete="current-password" autoFocus name="present" required type="password" />
      </Field>
    </>
  );
}

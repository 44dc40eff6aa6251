import type { ComponentProps } from "react";
import { Input } from "./input.tsx";

/** A key of a provider on its way in, as `secret`: neither the browser nor a password manager keeps it. */
export function SecretInput(props: ComponentProps<"input">) {
  return (
    <Input
      autoComplete="off"
      className="font-mono text-sm"
      data-1p-ignore
      maxLength={512}
      name="secret"
      required
      spellCheck={false}
      type="password"
      {...props}
    />
  );
}

"use client";

import { confirmOneself } from "../../lib/client/confirmation.ts";
import type { ConfirmWay } from "../../lib/contracts/confirmation.ts";
import { ProofForm } from "../auth/proof-form.tsx";

export type ConfirmFormProps = {
  /** Of the reader. */
  email: string;
  way: Exclude<ConfirmWay, "single_sign_on">;
  onDone: () => void;
};

/** By the password, or by a code of the second factor. */
export function ConfirmForm({ email, way, onDone }: ConfirmFormProps) {
  return (
    <ProofForm
      asks={[way === "password" ? "present" : "code"]}
      doing="Confirming…"
      email={email}
      onDone={onDone}
      prove={confirmOneself()}
      verb="Confirm"
    />
  );
}

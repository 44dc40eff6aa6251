"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { beginSecondFactor, confirmSecondFactor } from "../../lib/client/second-factor.ts";
import { type BegunSecondFactor, confirmSecondFactorInput } from "../../lib/contracts/sign-in.ts";
import { ProofForm } from "../auth/proof-form.tsx";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Field } from "../ui/field.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { QrCode } from "./qr-code.tsx";

export type EnrolmentProps = {
  /** Of the reader, for whatever keeps his passwords. */
  email: string;
  /** What leads away before anything is done. */
  wayOut: ReactNode;
  /** Told once it counts: what is shown from then on is shown once. */
  onEnrolled: () => void;
  /** The recovery codes were kept. */
  onDone: () => void;
};

/** Password, picture and first code, recovery codes: one after the other. What is secret is held by this component alone. */
export function Enrolment({ email, wayOut, onEnrolled, onDone }: EnrolmentProps) {
  const [begun, setBegun] = useState<BegunSecondFactor | null>(null);
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[] | null>(null);
  if (recoveryCodes) return <RecoveryCodes codes={recoveryCodes} onDone={onDone} />;
  if (!begun)
    return (
      <ProofForm
        asks={["present"]}
        email={email}
        onDone={setBegun}
        prove={beginSecondFactor()}
        verb="Go on"
        wayOut={wayOut}
      />
    );
  return (
    <CodeStep
      begun={begun}
      onConfirmed={(codes) => {
        onEnrolled();
        setRecoveryCodes(codes);
      }}
      wayOut={wayOut}
    />
  );
}

type CodeStepProps = Pick<EnrolmentProps, "wayOut"> & {
  begun: BegunSecondFactor;
  onConfirmed: (recoveryCodes: readonly string[]) => void;
};

function CodeStep({ begun: { secret, uri }, wayOut, onConfirmed }: CodeStepProps) {
  const confirm = useMutation(confirmSecondFactor());
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parsed = confirmSecondFactorInput.safeParse({
      code: new FormData(event.currentTarget).get("code"),
    });
    setProblem(parsed.error?.issues[0]?.message ?? null);
    if (parsed.success)
      confirm.mutate(parsed.data, { onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes) });
  };
  return (
    <form className="flex min-w-0 flex-col gap-4" noValidate onSubmit={submit}>
      <div className="flex flex-wrap items-start gap-4">
        <QrCode label="The secret as a picture for an authenticator app" text={uri} />
        <p className="min-w-40 flex-1 text-muted text-sm">
          Scan the picture with an authenticator app, or type the secret into it: time-based, six digits,
          thirty seconds. Then enter the code that the app shows.
        </p>
      </div>
      <CodeBlock code={secret.match(/.{1,4}/g)?.join(" ") ?? secret} what="secret" />
      <Field error={problem ?? fieldMessage(confirm.error, "code")} label="Code">
        <Input
          autoComplete="one-time-code"
          autoFocus
          inputMode="numeric"
          maxLength={12}
          name="code"
          required
        />
      </Field>
      <FormEnd error={confirm.error} isPending={confirm.isPending} verb="Enrol" wayOut={wayOut} />
    </form>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <CodeBlock code={codes.join("\n")} what="recovery codes" />
      <Notice>
        Each signs you in once in place of a code, when the app is lost. They are shown this once: keep them
        where the app is not.
      </Notice>
      <footer className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          I have kept them
        </Button>
      </footer>
    </div>
  );
}

function fieldMessage(error: Error | null, field: string): string | null {
  return error instanceof ProblemError ? error.fieldMessage(field) : null;
}

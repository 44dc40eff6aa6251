"use client";

import { useState } from "react";
import { signOut } from "../../lib/client/sign-in.ts";
import { Button } from "../ui/button.tsx";
import { Enrolment } from "./enrolment.tsx";

/** Before anything else is done: whoever must have a second factor enrols one, or leaves. `email`: of the reader. */
export function DemandedEnrolment({ email }: { email: string }) {
  const [isEnrolled, setEnrolled] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const leave = () => {
    setProblem(null);
    signOut().catch((error: Error) => setProblem(error.message));
  };
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h1 className="font-semibold text-xl tracking-tight">
          {isEnrolled ? "Keep your recovery codes" : "Enrol a second factor"}
        </h1>
        <p className="text-base text-muted">
          {isEnrolled
            ? "Your second factor counts from now on."
            : `${email} must show a code of an authenticator app after the password, and has none yet.`}
        </p>
      </div>
      <Enrolment
        email={email}
        // A whole load: what was refused until now is asked for anew.
        onDone={() => window.location.assign("/")}
        onEnrolled={() => setEnrolled(true)}
        wayOut={<Button onClick={leave}>Sign out</Button>}
      />
      <p aria-live="polite" className="text-outside-ink text-sm">
        {problem}
      </p>
    </div>
  );
}

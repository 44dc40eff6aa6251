"use client";

import { PageHeader } from "../ui/page-header.tsx";
import { DeploymentSignIn } from "./deployment-sign-in.tsx";
import { OwnSignInSection } from "./own-sign-in-section.tsx";

export type SignInPageProps = {
  /** Of the reader. */
  email: string;
  /** Whether he sees how everybody signs in. */
  deploymentAdmin: boolean;
};

/** How one signs in oneself; for administrators of the deployment, how everybody does. */
export function SignInPage({ email, deploymentAdmin }: SignInPageProps) {
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        range={false}
        sentence="Who may sign in is decided under People. Here is how: which ways there are, and who takes which."
        tenant={false}
        title="Sign-in"
      />
      <OwnSignInSection email={email} />
      {deploymentAdmin ? <DeploymentSignIn /> : null}
    </div>
  );
}

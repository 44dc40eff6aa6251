import type { SignInProblem } from "../../lib/contracts/sign-in.ts";

/** What the sign-in page says of each. `provider`: what people call the identity provider. */
export function signInWords(problem: SignInProblem | "unreachable", provider: string): string {
  return atStart(words[problem].replaceAll("{provider}", provider));
}

/** As it begins a sentence or a heading: the operator names his provider as it stands in one. */
export function atStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const words: Readonly<Record<SignInProblem | "unreachable", string>> = {
  wrong_password: "Email or password is wrong.",
  code_required: "Enter the code of your authenticator app, or one of your recovery codes.",
  code_wrong: "This is neither the code of now nor an unused recovery code. A code is good once.",
  too_many_attempts: "Too many failed sign-ins. Try again in fifteen minutes.",
  password_sign_in_off: "Passwords are switched off here. Sign in with {provider}.",
  sso_not_bound:
    "{provider} knows you, but nobody here is bound to your account there. Ask an administrator of the deployment: your attempt is shown under Settings, Sign-in.",
  sso_disabled: "You may not sign in to Domicile any more. Ask an administrator of the deployment.",
  sso_cancelled: "{provider} did not let you in, or you turned back.",
  sso_failed: "What {provider} answered could not be verified. Try again from here.",
  sso_unavailable: "{provider} did not answer. Try again in a moment.",
  sso_other_person:
    "At {provider} you are somebody else than here. Sign in there with the account you are here by.",
  sso_not_confirmed:
    "{provider} did not ask you who you are, or does not say when it did. The operator finds more in the documentation, under Confirming oneself.",
  session_ended: "Your session has ended meanwhile. Sign in to go on.",
  unavailable: "Domicile could not finish the sign-in. Try again in a moment.",
  unreachable: "Domicile did not answer. Try again in a moment.",
};

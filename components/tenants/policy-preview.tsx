import { policyProblems } from "../../lib/core/policies/check-policy.ts";
import { explainPolicy } from "../../lib/core/policies/explain-policy.ts";
import { useCatalog } from "../regions/use-catalog.ts";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { PolicySentences } from "./policy-sentences.tsx";
import { type ChosenForm, needsAcceptance, policyOf } from "./tenant-form.ts";

/** What the policy will say, by the same rules that the server explains and checks it with. */
export function PolicyPreview({ form }: { form: ChosenForm }) {
  const catalog = useCatalog();
  const { preset, enforcement } = form;
  const policy = policyOf(form);
  const isAccepted = policy.global.allowed
    ? policy.global.acceptance !== null
    : policy.inferenceElsewhere != null;
  // That somebody must accept, and until when it observes, is said by the form itself.
  const problems = policyProblems(policy, catalog).filter(
    ({ field }) => field.startsWith("claims") || field === "homeRegion",
  );
  const sentences = explainPolicy(policy, catalog);
  return (
    <Section note="As it will be in force" title="What this policy says">
      <div className="flex flex-col gap-3 p-4">
        <PolicySentences sentences={enforcement === "block" ? sentences : sentences.slice(0, -1)} />
        {enforcement === "observe" ? (
          <p className="text-sm">
            Calls outside policy are sent and judged for {form.mode === "simulated" ? "a year" : "90 days"},
            and stopped from then on.
          </p>
        ) : null}
        {needsAcceptance(preset) && !isAccepted ? (
          <Notice tone="doubt">It takes effect only with a named person's acceptance.</Notice>
        ) : null}
        {problems.map(({ field, message }) => (
          <Notice key={field} live tone="outside">
            {message}
          </Notice>
        ))}
      </div>
    </Section>
  );
}

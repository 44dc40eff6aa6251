import type { Actor } from "../../lib/services/actor.ts";
import { createPerson } from "../../lib/services/people/create-person.ts";
import { generatePassword } from "../../lib/services/people/generate-password.ts";
import { Refusal } from "../../lib/services/refusal.ts";
import type { DemoState } from "./demo-state.ts";
import { peopleSpecs } from "./people-specs.ts";

/** The demo's people with generated passwords. Whoever is there from a run cut short keeps his. */
export async function setUpPeople(actor: Actor, at: Date, state: DemoState, save: () => void): Promise<void> {
  const known = new Set(Object.keys(state.passwords));
  for (const { email } of peopleSpecs) state.passwords[email] ??= generatePassword();
  // crash: before the hashes, because nobody can read a password back.
  save();
  await Promise.all(
    peopleSpecs.map(async ({ name, email, role }) => {
      const password = state.passwords[email] ?? "";
      const person = { name, email, password, deploymentAdmin: role === "admin" };
      await createPerson(actor, person, { at }).catch((error: unknown) => {
        if (!(error instanceof Refusal) || error.code !== "conflict" || !known.has(email)) throw error;
      });
    }),
  );
}

import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { appendUsage, countedIn } from "../../lib/providers/simulated/organization/usage-journal.ts";
import { getAccounts } from "../../lib/services/accounts/get-accounts.ts";
import { readAccount } from "../../lib/services/accounts/read-accounts.ts";
import type { Actor } from "../../lib/services/actor.ts";
import { askSimulated, providerFolder } from "./ask-simulated.ts";
import { countStory } from "./story/count-story.ts";
import type { StoryTenant } from "./story/story-tenant.ts";
import type { StoryWindow } from "./story/window.ts";

/** Days before the end. The first of these readings reaches a month further back, the others three days beyond the one before. */
const readingsBefore = [12, 3, 0];

/**
 * Tells the provider what it counted while the story went on, and has the tenant's accounts read on some of its last days: days are
 * compared and settled, and what a developer sent past the gateway becomes a case.
 */
export async function seedUsage(
  actor: Actor,
  home: string,
  { detail, story }: { readonly detail: TenantDetail; readonly story: StoryTenant },
  window: StoryWindow,
): Promise<void> {
  const { accounts } = await getAccounts(actor, detail.slug);
  if (accounts.length === 0) return;
  const folder = providerFolder(home);
  const told = new Set(countedIn(folder).flatMap((each) => (each.requests > 0 ? [each.projectId] : [])));
  // A run cut short may have told it before.
  appendUsage(
    folder,
    countStory(story, window).filter(({ projectId }) => !told.has(projectId)),
  );
  const ask = askSimulated(home);
  for (const { id } of accounts)
    for (const days of readingsBefore)
      await readAccount(
        { tenantId: detail.id, id, isWanted: true },
        ask,
        new Date(window.end - days * dayMs),
      );
}

/**
 * `node prisma/seed/main.ts`: fills an empty database with the demo, through the product's own verbs.
 *
 * Six people (two admins, two officers, an auditor, a developer; generated passwords) and five simulated
 * tenants, each with policy, credential, attested pin, applications, gateway and intake keys:
 *
 * - `nordbank-eu`: a bank in Europe whose policy blocks what would leave it
 * - `nordbank-apps`: its branch applications, observed; one key aims at the global host, one team is known from its LiteLLM's log alone
 * - `atlas-us`: a shop in the United States that accepted the global host by name, and keeps files nobody promises a place for
 * - `meridian-hybrid`: customers on both sides of the Atlantic, at home in Europe; those in the United States are served there
 * - `atlas-uk`: the shop's branch in the United Kingdom, a region where the provider stores and does not process
 *
 * and some 50,000 calls over the sixty days before now, planned, answered and judged by the rules of the
 * running product: the same now tells the same story. Its scenes stand in `story/`, a file per tenant.
 *
 * Passwords and keys are written to `DOMICILE_HOME/demo.json` (mode 0600) and nowhere else. A second run
 * changes nothing; one that was cut short goes on where it stopped.
 *
 * Environment: DATABASE_URL (the owner's), DOMICILE_MASTER_KEY, DOMICILE_HOME, NEXTAUTH_URL, GATEWAY_URL.
 */
import { closeDatabases } from "../../lib/db/connection.ts";
import { homeFolder } from "../../lib/env/home-folder.ts";
import { webSettings } from "../../lib/env/web-settings.ts";
import { seedDemo } from "./seed-demo.ts";

const began = performance.now();
const { publicUrl, gatewayUrl } = webSettings();
try {
  const { alreadyDone, calls } = await seedDemo({
    home: homeFolder(),
    webUrl: publicUrl,
    gatewayUrl,
    now: new Date(),
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(alreadyDone ? "The demo is there already." : `Demo seeded: ${calls} calls in ${seconds} s.`);
} finally {
  await closeDatabases();
}

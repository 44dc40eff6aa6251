import { ownGateway } from "../core/intake/own-gateway.ts";
import { gatewaySettings } from "../env/gateway-settings.ts";
import { intakeSettings } from "../env/intake-settings.ts";
import { workerSettings } from "../env/worker-settings.ts";
import { log } from "../log.ts";
import { type AskProvider, askProvider } from "../services/accounts/ask-provider.ts";
import { readAccounts } from "../services/accounts/read-accounts.ts";
import { prepareMonths } from "../services/calls/prepare-months.ts";
import { sweepExpiredBoots } from "../services/calls/sweep.ts";
import { recordAdoptions } from "../services/catalog/record-adoptions.ts";
import { endExpired } from "../services/exceptions/end-exception.ts";
import { runImports } from "../services/imports/run-imports.ts";
import { joinReports } from "../services/intake/join-reports.ts";
import { keyReportDigests } from "../services/intake/key-report-digests.ts";
import { keyRowIds } from "../services/intake/key-row-ids.ts";
import { checkRows } from "../services/ledger/check-rows.ts";
import { relayStatements } from "../services/ledger/relay-statements.ts";
import { watchAcceptances } from "../services/policies/watch-acceptances.ts";
import { watchObserving } from "../services/policies/watch-observing.ts";
import { askAboutObject } from "../services/resources/ask-about-object.ts";
import { refreshResources } from "../services/resources/refresh-resources.ts";
import { eraseApproved } from "../services/retention/erase-approved.ts";
import { pruneExpired } from "../services/retention/prune-expired.ts";
import { repairRollups } from "../services/rollups/repair-rollups.ts";
import { recordLooks } from "../services/trail/record-looks.ts";
import { deletePassed } from "../services/upkeep/delete-passed.ts";
import { alertJobs } from "./alert-jobs.ts";
import { reportJobs } from "./build-reports.ts";
import type { Job } from "./run-job.ts";

/** Every job of the worker. */
export const jobs: readonly Job[] = [
  {
    name: "sweep-boots",
    everyMs: 3_000,
    run: async () => {
      const { boots, calls, rejected } = await sweepExpiredBoots();
      if (calls > 0 || rejected > 0)
        log.warn({ boots, calls, rejected }, "calls without an end were recorded");
    },
  },
  {
    name: "prepare-months",
    everyMs: 3_600_000,
    run: async () => {
      const { made, strayRows } = await prepareMonths(new Date());
      if (made > 0) log.info({ made }, "months of calls were prepared");
      if (strayRows > 0)
        log.error(
          { rows: strayRows },
          "rows lie in a default partition: docs/database.md, Months and partitions",
        );
    },
  },
  {
    name: "tell-tenants-of-catalog",
    everyMs: 20_000,
    run: async () => {
      const tenants = await recordAdoptions();
      if (tenants > 0) log.info({ tenants }, "tenants were told of the catalog in force");
    },
  },
  {
    name: "watch-observing",
    everyMs: 10 * 60_000,
    run: async () => {
      const { opened, closed } = await watchObserving(new Date());
      if (opened > 0 || closed > 0) log.info({ opened, closed }, "ends of observing were told");
    },
  },
  {
    name: "watch-acceptances",
    everyMs: 10 * 60_000,
    run: async () => {
      const { opened, closed } = await watchAcceptances(new Date());
      if (opened > 0 || closed > 0) log.info({ opened, closed }, "days of review were told");
    },
  },
  {
    name: "end-exceptions",
    everyMs: 60_000,
    run: async () => {
      const ended = await endExpired(new Date());
      if (ended > 0) log.info({ ended }, "exceptions came to their day; their findings are open again");
    },
  },
  {
    name: "refresh-resources",
    everyMs: 2_000,
    run: async () => {
      const { asked, failed } = await refreshResources(askAboutObject(workerSettings().gatewayUrl));
      if (asked > 0) log.info({ asked, failed }, "stored objects were asked about");
    },
  },
  {
    name: "read-accounts",
    everyMs: 3_000,
    run: async () => {
      const ask: AskProvider = (asked) => askProvider(workerSettings().gatewayUrl, asked);
      const { read, failed } = await readAccounts(ask, new Date(), { passMsMax: 30_000 });
      if (read > 0) log.info({ read, failed }, "organizations at the provider were read");
    },
  },
  {
    name: "run-imports",
    everyMs: 1_000,
    run: async () => {
      const own = ownGateway(gatewaySettings().port, intakeSettings().gatewayNames);
      const { ended } = await runImports({ own, now: () => new Date() });
      if (ended > 0) log.info({ ended }, "imports of files came to their end");
    },
  },
  {
    name: "join-reports",
    everyMs: 5_000,
    run: async () => {
      const { joined, missed } = await joinReports(new Date());
      if (missed > 0) log.warn({ missed }, "reports name calls of the gateway that the record does not hold");
      if (joined > 0) log.info({ joined }, "reports were joined to calls of the gateway");
    },
  },
  {
    name: "key-report-digests",
    everyMs: 3_600_000,
    run: async () => {
      const keyed = await keyReportDigests();
      if (keyed > 0) log.info({ keyed }, "digests of reports from before were keyed");
    },
  },
  {
    name: "key-row-ids",
    everyMs: 3_600_000,
    run: async () => {
      const keyed = await keyRowIds();
      if (keyed > 0) log.info({ keyed }, "ids of imported rows from before were keyed");
    },
  },
  {
    name: "relay-statements",
    everyMs: 3_000,
    run: async () => {
      const moved = await relayStatements(new Date());
      if (moved > 0) log.info({ moved }, "statements of the signer were put into their logs");
    },
  },
  {
    name: "record-looks",
    everyMs: 10_000,
    run: async () => {
      const entries = await recordLooks(new Date());
      if (entries > 0) log.info({ entries }, "looks at evidence were put into their logs");
    },
  },
  {
    name: "erase-people",
    everyMs: 5_000,
    run: async () => {
      const openings = await eraseApproved(new Date());
      if (openings > 0) log.info({ openings }, "openings of a person were erased");
    },
  },
  {
    name: "prune-expired",
    everyMs: 60_000,
    run: async () => {
      const { ranges, rows } = await pruneExpired(new Date());
      if (ranges > 0 || rows > 0) log.info({ ranges, rows }, "expired records were deleted");
    },
  },
  {
    name: "delete-passed",
    everyMs: 3_600_000,
    run: async () => {
      const gone = await deletePassed(new Date());
      if (gone.importErrors + gone.providerUsage + gone.reportLinks + gone.sessions > 0)
        log.info(
          gone,
          "error lines of imports, the provider's figures, links and sessions of the past were deleted",
        );
    },
  },
  {
    name: "repair-rollups",
    everyMs: 3_600_000,
    run: async () => {
      const hours = await repairRollups(new Date());
      if (hours > 0)
        log.error({ hours }, "rollups were not what the calls say; their hours were counted again");
    },
  },
  {
    name: "check-rows",
    everyMs: 3_600_000,
    run: async () => {
      const { logs, differences } = await checkRows(new Date(), "when due");
      if (differences > 0) log.error({ logs, differences }, "rows beside the ledger are not what it holds");
      else if (logs > 0) log.info({ logs }, "rows beside the ledger were checked against it");
    },
  },
  ...reportJobs,
  ...alertJobs,
];

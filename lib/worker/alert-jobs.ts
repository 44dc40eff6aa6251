import { alertWebUrl } from "../env/alert-settings.ts";
import { log } from "../log.ts";
import { sendAlert } from "../notify/send-alert.ts";
import { deliverAlerts } from "../services/alerts/deliver-alerts.ts";
import { pruneAlerts } from "../services/alerts/prune-alerts.ts";
import { watchAlerts } from "../services/alerts/watch-alerts.ts";
import type { Job } from "./run-job.ts";

/** The jobs of the alerts page: what happened is noticed, what was noticed is sent, what was sent long ago goes. */
export const alertJobs: readonly Job[] = [
  {
    name: "watch-alerts",
    everyMs: 15_000,
    run: async () => {
      const { noticed, queued } = await watchAlerts(new Date());
      if (noticed > 0) log.info({ noticed, queued }, "things to tell were noticed");
    },
  },
  {
    name: "deliver-alerts",
    everyMs: 1_000,
    run: async (_lead, signal) => {
      const delivering = {
        send: sendAlert,
        webUrl: alertWebUrl(),
        dice: Math.random,
        clock: () => performance.now(),
      };
      const { delivered, failed, givenUp } = await deliverAlerts(delivering, signal);
      if (givenUp > 0 || failed > 0)
        log.warn({ delivered, failed, givenUp }, "alerts did not arrive: Settings, Alerts says where");
      else if (delivered > 0) log.info({ delivered }, "alerts were delivered");
    },
  },
  {
    name: "prune-alerts",
    everyMs: 3_600_000,
    run: async () => {
      const gone = await pruneAlerts(new Date());
      if (gone > 0) log.info({ gone }, "alerts of more than 90 days ago were deleted");
    },
  },
];

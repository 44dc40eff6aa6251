import { callSearch } from "../../lib/contracts/calls.ts";
import { findingSearch } from "../../lib/contracts/findings.ts";
import { latencySearch } from "../../lib/contracts/latency.ts";
import { overviewSearch } from "../../lib/contracts/overview.ts";
import { resourceSearch } from "../../lib/contracts/resources.ts";
import { trailGroups, trailSearch } from "../../lib/contracts/trail.ts";
import { usageSearch } from "../../lib/contracts/usage.ts";
import { listCallViews } from "../../lib/services/call-views/list-call-views.ts";
import { findFirstCall } from "../../lib/services/calls/find-first-call.ts";
import { listCalls } from "../../lib/services/calls/list-calls.ts";
import { getCatalog } from "../../lib/services/catalog/get-catalog.ts";
import { listFindings } from "../../lib/services/findings/list-findings.ts";
import { listImports } from "../../lib/services/imports/list-imports.ts";
import { getLatency } from "../../lib/services/latency/get-latency.ts";
import { getOverview } from "../../lib/services/overview/get-overview.ts";
import { getPolicies } from "../../lib/services/policies/get-policies.ts";
import { getPriceBook } from "../../lib/services/prices/get-price-book.ts";
import { getRegister } from "../../lib/services/register/get-register.ts";
import { listReports } from "../../lib/services/reports/list-reports.ts";
import { previewReport } from "../../lib/services/reports/preview-report.ts";
import { listResources } from "../../lib/services/resources/list-resources.ts";
import { getRetention } from "../../lib/services/retention/get-retention.ts";
import type { PersonActor } from "../../lib/services/sessions/find-session.ts";
import { listSessions } from "../../lib/services/sessions/list-sessions.ts";
import { getTenant } from "../../lib/services/tenants/get-tenant.ts";
import { listTenants } from "../../lib/services/tenants/list-tenants.ts";
import { listTrail } from "../../lib/services/trail/list-trail.ts";
import { getUsage } from "../../lib/services/usage/get-usage.ts";
import type { Question } from "./questions.ts";

/** What the pages beside those of calls ask for, of one tenant. */
export function settingQuestionsOf(actor: PersonActor, tenant: string): Question[] {
  const month = {
    from: new Date(Date.now() - 30 * 86_400_000).toISOString(),
    to: new Date().toISOString(),
  };
  const everything = { application: [], region: [], verdict: [], model: [], source: [] };
  return [
    { name: "tenants", ask: () => listTenants(actor) },
    { name: "tenant, one", ask: () => getTenant(actor, tenant) },
    { name: "policies", ask: () => getPolicies(actor, tenant) },
    { name: "catalog", ask: () => getCatalog(actor) },
    { name: "prices", ask: () => getPriceBook(actor) },
    { name: "register", ask: () => getRegister(actor, tenant) },
    { name: "retention", ask: () => getRetention(actor, tenant) },
    { name: "sessions", ask: () => listSessions(actor) },
    { name: "imports", ask: () => listImports(actor, { tenant }) },
    { name: "saved views", ask: () => listCallViews(actor) },
    { name: "reports", ask: () => listReports(actor, {}) },
    {
      name: "report, before it is built",
      ask: () => previewReport(actor, { tenant, ...month, ...everything }),
    },
    {
      name: "report of one model, before it is built",
      ask: () => previewReport(actor, { tenant, ...month, ...everything, model: ["o3"] }),
    },
    ...trailGroups.map((group) => ({
      name: `trail ${group}`,
      ask: () => listTrail(actor, trailSearch.parse({ tenant, group })),
    })),
    {
      name: "first call",
      ask: () => findFirstCall(actor, { tenant, application: "loan-desk", after: 1 }),
    },
  ];
}

/** What a reader of many tenants asks for, without choosing one. */
export function manyTenantQuestionsOf(actor: PersonActor): Question[] {
  const range = "30d";
  return [
    { name: "ten tenants: overview", ask: () => getOverview(actor, overviewSearch.parse({ range })) },
    { name: "ten tenants: latency", ask: () => getLatency(actor, latencySearch.parse({ range })) },
    ...(["region", "model", "tenant"] as const).map((by) => ({
      name: `ten tenants: usage ${by}`,
      ask: () => getUsage(actor, usageSearch.parse({ by, range })),
    })),
    { name: "ten tenants: calls", ask: () => listCalls(actor, callSearch.parse({ range })) },
    {
      name: "ten tenants: calls outside policy",
      ask: () => listCalls(actor, callSearch.parse({ range, verdict: ["violation"] })),
    },
    {
      name: "ten tenants: calls of one model",
      ask: () => listCalls(actor, callSearch.parse({ range, model: ["o3"] })),
    },
    { name: "ten tenants: findings", ask: () => listFindings(actor, findingSearch.parse({})) },
    { name: "ten tenants: resources", ask: () => listResources(actor, resourceSearch.parse({})) },
  ];
}

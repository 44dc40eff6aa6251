import { expect, it } from "vitest";
import { dashboardPages, hrefFrom } from "./dashboard-pages.ts";

const from = (search: string) =>
  Object.fromEntries(
    dashboardPages.map((page) => [
      page.title,
      hrefFrom(page, new URLSearchParams(search)).slice(page.href.length),
    ]),
  );

it("keeps tenant, range, application and what is declared of it on every page that asks for it, and nothing else", () => {
  const range = "?tenant=bank&range=30d";
  const links = from(
    `tenant=bank&range=30d&application=Branch+assistant&application=b&data=special&owner=none&verdict=violation&call=x`,
  );
  const application = "&application=Branch+assistant&application=b";
  expect(links).toMatchObject({
    Overview: range + application,
    Usage: range + application,
    Latency: range + application,
    Calls: `${range}${application}&data=special&owner=none`,
    Findings: `${range}${application}&data=special&owner=none`,
    Resources: range,
    Models: range,
    Connect: range,
    Settings: range,
  });
  expect(new Set(Object.values(from("verdict=violation&live=on")))).toEqual(new Set([""]));
});

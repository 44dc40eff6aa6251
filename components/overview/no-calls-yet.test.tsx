import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { NoCallsYet } from "./no-calls-yet.tsx";

afterEach(cleanup);

it.each([
  ["silent-co", "/connect?tenant=silent-co", "/playground?tenant=silent-co"],
  [null, "/connect", "/playground"],
])("leads to the tenant that has no call: %s", (tenant, connect, playground) => {
  render(<NoCallsYet tenant={tenant} />);
  const leads = (name: string) => screen.getByRole("link", { name }).getAttribute("href");
  expect([leads("Connect an application"), leads("Send a test call")]).toEqual([connect, playground]);
});

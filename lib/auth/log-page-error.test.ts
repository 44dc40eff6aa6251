import { expect, it } from "vitest";
import { logOutput } from "../testing/log-output.ts";
import { logPageError } from "./log-page-error.ts";

it("says where a page failed, by the digest that its reader sees, and no word of the error or the search", async () => {
  const cause = Object.assign(new Error('Key (email)=("anna@example.org") exists'), { code: "P2002" });
  const error = Object.assign(new Error("invalid: anna@example.org", { cause }), { digest: "12345" });
  const output = await logOutput(() =>
    logPageError(error, "/calls?id=anna@example.org", "/(dashboard)/calls"),
  );
  expect(JSON.parse(output)).toMatchObject({
    msg: "page failed",
    digest: "12345",
    path: "/calls",
    route: "/(dashboard)/calls",
    err: { type: "Error", cause: { code: "P2002" } },
  });
  expect(output).toContain("log-page-error.test.ts");
  expect(output).not.toContain("anna");
});

import { describe, expect, it } from "vitest";
import { requestOf } from "./admin-command.ts";

describe("npm run admin", () => {
  it.each([
    [["list"], { do: "list" }],
    [
      ["create", "--email", "a@b.example", "--name", "Ann", "--deployment-admin"],
      { do: "create", email: "a@b.example", name: "Ann", deploymentAdmin: true, passwordStdin: false },
    ],
    [
      ["reset-password", "--email", "a@b.example", "--password-stdin"],
      { do: "reset-password", email: "a@b.example", passwordStdin: true },
    ],
    [["grant-admin", "--email", "a@b.example"], { do: "grant-admin", email: "a@b.example" }],
    [
      ["member", "--email", "a@b.example", "--tenant", "bank", "--role", "admin"],
      { do: "member", email: "a@b.example", tenant: "bank", role: "admin" },
    ],
    [["let-in", "--email", "a@b.example"], { do: "let-in", email: "a@b.example" }],
    [
      ["bind", "--email", "a@b.example", "--subject", "a1"],
      { do: "bind", email: "a@b.example", subject: "a1" },
    ],
    [["reset-second-factor", "--email", "a@b.example"], { do: "reset-second-factor", email: "a@b.example" }],
    [["refused"], { do: "refused" }],
    [["rotate-master-key"], { do: "rotate-master-key" }],
  ])("reads %j", (args, request) => {
    expect(requestOf(args)).toEqual(request);
  });

  it.each([
    [[], /npm run admin -- COMMAND/],
    [["constructor"], /npm run admin -- COMMAND/],
    [["list", "all"], /COMMAND/],
    [["create", "--email", "a@b.example"], /create needs --name/],
    [["disable", "--email", "a@b.example", "--password-stdin"], /disable takes no --password-stdin/],
    [["member", "--email", "a@b.example", "--tenant", "bank"], /member needs --role/],
    [["bind", "--email", "a@b.example"], /bind needs --subject/],
  ])("refuses %j in words", (args, words) => {
    expect(() => requestOf(args)).toThrow(words);
  });

  it("takes no password as an argument, and repeats none", () => {
    const given = () =>
      requestOf(["create", "--email", "a@b.example", "--name", "Ann", "--password=hunter2"]);
    expect(given).toThrow(/--password/);
    expect(given).not.toThrow(/hunter2/);
  });
});

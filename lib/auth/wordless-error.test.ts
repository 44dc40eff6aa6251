import { describe, expect, it } from "vitest";
import { wordlessError } from "./wordless-error.ts";

describe("wordlessError", () => {
  it("keeps kind, code and place of an error and of its cause, and no word of either", () => {
    const cause = Object.assign(new TypeError("quotes My passw0rd"), { code: "ERR_INVALID_URL" });
    const error = wordlessError(new Error("says\n    at My passw0rd", { cause }));
    expect(error).toMatchObject({ type: "Error", cause: { type: "TypeError", code: "ERR_INVALID_URL" } });
    expect(error.stack).toContain("wordless-error.test.ts");
    expect(JSON.stringify(error)).not.toContain("passw0rd");
  });

  it("says nothing of a message that was changed after the stack was taken", () => {
    const error = new Error("My passw0rd\n    at My passw0rd");
    error.message = "another";
    expect(JSON.stringify(wordlessError(error))).not.toContain("passw0rd");
  });

  it.each(["My passw0rd", { code: "My passw0rd", name: "My passw0rd" }, null])(
    "repeats nothing that is no error: %j",
    (thrown) => {
      expect(JSON.stringify(wordlessError(thrown))).not.toContain("passw0rd");
    },
  );
});

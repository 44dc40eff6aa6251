import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { snippets } from "./snippets.ts";

const awkward = `It's "quoted" $HOME \`id\` \\ end`;

function codeOf(id: string, target: string, prompt = awkward): string {
  const input = { gatewayUrl: "http://127.0.0.1:8787/", key: "dom_k", target, model: "gpt-4o", prompt };
  return snippets(input).find((each) => each.id === id)?.code ?? "";
}

describe("snippets", () => {
  it("keeps a prompt whole in the shell, and runs nothing of it", () => {
    const command = codeOf("curl", "eu").replace(/^curl -N /, "printf '%s\\n' ");
    const words = execFileSync("sh", ["-c", command], { encoding: "utf8" }).trimEnd().split("\n");
    expect(words[0]).toBe("http://127.0.0.1:8787/v1/chat/completions");
    expect(words).toContain("x-domicile-target-region: eu");
    expect(JSON.parse(words.at(-1) ?? "").messages[0].content).toBe(awkward);
  });

  it("keeps a prompt whole in JavaScript", () => {
    const literal = /content: (".*") \}/.exec(codeOf("node", "policy"))?.[1] ?? "";
    expect(JSON.parse(literal)).toBe(awkward);
  });

  it("asks for a region only where one was chosen", () => {
    for (const id of ["curl", "python", "node"]) {
      expect(codeOf(id, "policy")).not.toContain("x-domicile-target-region");
      expect(codeOf(id, "global")).toContain("x-domicile-target-region");
    }
  });

  it("never names the variable that today's clients ignore", () => {
    expect(codeOf("env", "policy")).toBe("OPENAI_BASE_URL=http://127.0.0.1:8787/v1\nOPENAI_API_KEY=dom_k");
  });
});

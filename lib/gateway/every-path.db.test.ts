import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operationRows } from "../core/calls/operations-table.ts";
import { createExactWorld, type ExactAnswer, type ExactWorld, form, sha256 } from "../testing/exact-world.ts";

let exact: ExactWorld;

beforeAll(async () => {
  exact = await createExactWorld();
});

afterAll(() => exact.stop());

const forms =
  /^(files\.create|uploads\.parts|containers\.files\.create|images\.(edit|create_v)|audio\.trans|skills|content_prov)/;

/** Bytes that no client would have written, so that whoever writes them anew changes them. */
function bodyOf(id: string, method: string): { headers: Record<string, string>; bytes: Buffer } | null {
  if (method !== "POST") return null;
  if (forms.test(id)) {
    const bytes = Buffer.concat([
      form.field("model", "gpt-5.5"),
      form.file,
      Buffer.from(id),
      form.line,
      form.end,
    ]);
    return { headers: form.type, bytes };
  }
  const bytes = Buffer.from(`{ "model":"gpt-5.5" ,\n"x" : [1.0,"\\u00e9"], "id-of-test":"${id}"}\n`);
  return { headers: { "content-type": "application/json" }, bytes };
}

const urlOf = (path: string, at: number): string => `${path.replaceAll(/\{\w+\}/g, `id_${at}`)}?limit=${at}`;

describe("every path of the provider's reference", () => {
  it("passes: what goes up and what comes down is what it was, and the call is recorded under its operation", async () => {
    exact.answerWith((request, response) => {
      const hash = createHash("sha256");
      request.on("data", (chunk) => hash.update(chunk));
      request.on("end", () => {
        response.setHeader("content-type", "application/json");
        response.end(`{ "got":"${hash.digest("hex")}",\t"at" : "${request.method} ${request.url}" }`);
      });
    });
    const answers: ExactAnswer[] = [];
    for (const [at, [method, path, id]] of operationRows.entries()) {
      const body = bodyOf(id, method);
      answers.push(
        await exact.send(urlOf(path, at), body ? [body.bytes] : [], { method, headers: body?.headers ?? {} }),
      );
    }
    for (const [at, [method, path, id]] of operationRows.entries()) {
      const got = sha256(bodyOf(id, method)?.bytes ?? Buffer.alloc(0));
      const said = `{ "got":"${got}",\t"at" : "${method} ${urlOf(path, at)}" }`;
      expect([id, answers[at]?.status, answers[at]?.body.toString()]).toEqual([id, 200, said]);
    }
    const calls = await exact.world.recorded(exact.lab.id, operationRows.length);
    expect(calls).toHaveLength(operationRows.length);
    const byWay = new Map(
      calls.map((call) => {
        const { operation, facts } = call as unknown as { operation: string; facts: { path: string } };
        return [`${operation} ${facts.path}`, call];
      }),
    );
    for (const [at, [method, path, id, endpoint, carries]] of operationRows.entries()) {
      const hasBody = bodyOf(id, method) !== null;
      const called = path.replaceAll(/\{\w+\}/g, `id_${at}`);
      expect(byWay.get(`${id} ${called}`)).toMatchObject({
        operation: id,
        call_end: "complete",
        status: 200,
        host: "api.openai.com",
        model_requested: hasBody ? "gpt-5.5" : null,
        attempts: [{ evidence: { progress: "sent" } }],
        facts: {
          endpoint,
          path: called,
          carriesContent: carries === "content",
          requestBody: hasBody ? "read" : "none",
        },
      });
    }
  });
});

import { z } from "zod";
import { Refusal } from "../services/refusal.ts";
import { parseJson, readText } from "./read-text.ts";

const bodyBytesMax = 256 * 1024;

/** The JSON body as `schema` has it. Refuses with the fields and what is wrong with each. */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  bytesMax: number = bodyBytesMax,
): Promise<z.output<Schema>> {
  const text = await readText(request, bytesMax);
  return accept(schema, text === "" ? {} : parseJson(text));
}

/**
 * The query string as `schema` has it; a repeated word is a list where the schema has a list. Refuses words that the schema
 * does not have: a filter with a typing error in its name would be answered with everything.
 */
export function readSearch<Schema extends z.ZodObject>(request: Request, schema: Schema): z.output<Schema> {
  const { searchParams } = new URL(request.url);
  const unknown = [...new Set(searchParams.keys())].filter((name) => !Object.hasOwn(schema.shape, name));
  if (unknown.length > 0)
    throw new Refusal("invalid_input", "Some words of the address are not known here.", {
      fields: unknown
        .slice(0, 20)
        .map((name) => ({ field: name.slice(0, 64), message: "There is no such word." })),
    });
  return accept(schema, searchObject(searchParams, schema));
}

function searchObject(params: URLSearchParams, schema: z.ZodObject): Record<string, unknown> {
  const names = Object.keys(schema.shape).filter((name) => params.has(name));
  return Object.fromEntries(
    names.map((name) => [name, isList(schema.shape[name]) ? params.getAll(name) : params.get(name)]),
  );
}

function isList(schema: unknown): boolean {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return isList(schema.unwrap());
  return schema instanceof z.ZodArray;
}

/** `value` as the schema has it, or a refusal that names the fields and repeats no value. */
export function accept<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
  throw new Refusal("invalid_input", "Some of the input is not accepted.", { fields });
}

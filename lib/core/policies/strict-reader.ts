import { isObject } from "../is-object.ts";

export type Problem = { readonly field: string; readonly message: string };

type ReadAt<T> = (reader: Reader, value: unknown, path: string) => T;
type Fields = Readonly<Record<string, unknown>>;

/** Reads typed values out of unknown JSON and collects what is wrong. Never throws. */
export type Reader = {
  readonly problems: readonly Problem[];
  problem(field: string, message: string): void;
  object<T>(
    value: unknown,
    path: string,
    required: readonly string[],
    optional: readonly string[],
    build: (fields: Fields) => T,
  ): T | null;
  kind<T extends string>(value: unknown, path: string, kinds: readonly T[], by?: string): T | null;
  oneOf<T extends string>(value: unknown, path: string, values: readonly T[]): T;
  text(value: unknown, path: string, pattern: RegExp, message: string): string;
  boolean(value: unknown, path: string): boolean;
  list<T extends string>(value: unknown, path: string, most: number, read: ReadAt<T>): readonly T[];
  record(
    value: unknown,
    path: string,
    most: number,
    key: ReadAt<string>,
    read: ReadAt<string>,
  ): Record<string, string>;
};

const problemsMax = 50;

export function createReader(): Reader {
  const problems: Problem[] = [];
  const reader: Reader = {
    problems,
    problem(field, message) {
      if (problems.length < problemsMax) problems.push({ field, message });
    },
    object(value, path, required, optional, build) {
      if (!isObject(value)) {
        reader.problem(path, "An object is needed here.");
        return null;
      }
      const known = new Set([...required, ...optional]);
      for (const name of Object.keys(value).slice(0, 100)) {
        if (!known.has(name)) reader.problem(join(path, name.slice(0, 60)), "This field is not known.");
      }
      for (const name of required) {
        if (!Object.hasOwn(value, name)) reader.problem(join(path, name), "This field is missing.");
      }
      return build(
        Object.fromEntries(
          [...known].filter((name) => Object.hasOwn(value, name)).map((name) => [name, value[name]]),
        ),
      );
    },
    kind(value, path, kinds, by = "kind") {
      const found = isObject(value) ? value[by] : undefined;
      const kind = kinds.find((candidate) => candidate === found);
      if (kind === undefined) reader.problem(join(path, by), `One of: ${kinds.join(", ")}.`);
      return kind ?? null;
    },
    oneOf(value, path, values) {
      const found = values.find((candidate) => candidate === value);
      if (found === undefined) reader.problem(path, `One of: ${values.join(", ")}.`);
      return found ?? (values[0] as (typeof values)[number]);
    },
    text(value, path, pattern, message) {
      if (typeof value === "string" && value.length <= 4000 && pattern.test(value)) return value;
      reader.problem(path, message);
      return "";
    },
    boolean(value, path) {
      if (typeof value !== "boolean") reader.problem(path, "true or false.");
      return value === true;
    },
    list(value, path, most, read) {
      if (!Array.isArray(value) || value.length > most) {
        reader.problem(path, `A list of at most ${most} entries is needed here.`);
        return [];
      }
      const items = value.map((item, at) => read(reader, item, `${path}.${at}`));
      if (new Set(items).size !== items.length) reader.problem(path, "An entry stands here twice.");
      return items;
    },
    record(value, path, most, key, read) {
      if (!isObject(value) || Object.keys(value).length > most) {
        reader.problem(path, `A map of at most ${most} entries is needed here.`);
        return {};
      }
      return Object.fromEntries(
        Object.entries(value).map(([name, entry]) => [
          key(reader, name, `${path}.${name.slice(0, 60)}`),
          read(reader, entry, `${path}.${name.slice(0, 60)}`),
        ]),
      );
    },
  };
  return reader;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

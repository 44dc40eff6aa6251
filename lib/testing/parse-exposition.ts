export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

export type Family = { readonly type: string; readonly help: string };

export type Exposition = {
  readonly families: ReadonlyMap<string, Family>;
  readonly samples: readonly Sample[];
  /** Of a sample, whose name may end in `_bucket`, `_sum` or `_count`. */
  familyOf(sample: string): Family | undefined;
};

/** Prometheus' text format 0.0.4, strictly. Throws on a line that is none of it, and on a sample that stands twice. */
export function parseExposition(text: string): Exposition {
  const helps = new Map<string, string>();
  const families = new Map<string, Family>();
  const samples: Sample[] = [];
  const seen = new Set<string>();
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const help = /^# HELP ([a-zA-Z_:][\w:]*) (.+)$/.exec(line);
    const type = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line);
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (N[aA][nN]|[+-]?Inf|[+-]?[\d.]+(?:e[+-]?\d+)?)$/.exec(
      line,
    );
    if (help) helps.set(help[1] ?? "", help[2] ?? "");
    else if (type) families.set(type[1] ?? "", { type: type[2] ?? "", help: helps.get(type[1] ?? "") ?? "" });
    else if (sample) {
      const key = `${sample[1]}{${sample[2] ?? ""}}`;
      if (seen.has(key)) throw new Error(`Twice: ${key}`);
      seen.add(key);
      samples.push({ name: sample[1] ?? "", labels: labelsOf(sample[2] ?? ""), value: Number(sample[3]) });
    } else throw new Error(`No line of an exposition: ${line}`);
  }
  return {
    families,
    samples,
    familyOf: (name) => families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, "")),
  };
}

function labelsOf(text: string): Record<string, string> {
  const labels = [...text.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/g)];
  if (labels.map(([whole]) => whole).join("") !== text) throw new Error(`No labels: ${text}`);
  return Object.fromEntries(labels.map(([, name = "", value = ""]) => [name, value]));
}

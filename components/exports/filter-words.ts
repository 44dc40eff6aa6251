/** What narrows the rows of a file. */
export function filterWords(narrowed: readonly string[]): string {
  return narrowed.length === 0 ? "None" : narrowed.join(" · ");
}

/** One part of the filter for each term that has values. */
export function termsInWords(terms: readonly (readonly [string, readonly string[]])[]): string[] {
  return terms.flatMap(([term, values]) => (values.length === 0 ? [] : `${term}: ${values.join(" or ")}`));
}

/** Subject of a sentence over a page without calls: where the page shows some of the calls alone, it says nothing of the others. */
export const noCallsWords = (isNarrowed: boolean): string =>
  isNarrowed ? "No call of these filters" : "No call";

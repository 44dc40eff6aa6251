const sentencesMax = 20;
const lettersMax = 200;

/**
 * Sentences as the record of changes keeps them: an entry of the ledger has a bounded size. The policy's hash stands
 * beside them and binds the whole.
 */
export function recordedSentences(sentences: readonly string[]): string[] {
  const kept = sentences.slice(0, sentencesMax).map(shorten);
  const rest = sentences.length - kept.length;
  return rest > 0 ? [...kept, `and ${rest} more`] : kept;
}

function shorten(sentence: string): string {
  const letters = [...sentence];
  return letters.length <= lettersMax ? sentence : `${letters.slice(0, lettersMax - 1).join("")}…`;
}

/** A policy in words, one sentence per rule. */
export function PolicySentences({ sentences }: { sentences: readonly string[] }) {
  return (
    <ol className="flex flex-col gap-1.5 text-sm">
      {sentences.map((sentence) => (
        <li className="break-words border-line-strong border-l-2 pl-3" key={sentence}>
          {sentence}
        </li>
      ))}
    </ol>
  );
}

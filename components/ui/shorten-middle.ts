/** `0192f1a0…7c3e`: both ends of an id stay readable, the middle goes. */
export function shortenMiddle(text: string, length = 16): string {
  if (text.length <= length) return text;
  const tail = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - tail)}…${text.slice(text.length - tail)}`;
}

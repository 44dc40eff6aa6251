/**
 * A text of anybody's as one line that says what it holds: control characters, line ends, and signs without a face or that turn the
 * direction of reading are spelt out. trust: what a pack or a proof says is quoted in what we say of it, and must neither steer a
 * terminal nor pass for a line of ours.
 */
export function plainWords(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}

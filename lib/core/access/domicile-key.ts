/** True for keys and tokens of ours, in any case: such a one is never sent to a provider. */
export function isDomicileKey(text: string): boolean {
  return /^dom(?:p[gpc]|up|ac)?_/i.test(text);
}

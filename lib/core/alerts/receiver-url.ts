/**
 * What is wrong with the address of a webhook, in a sentence; null where nothing is. Where its name leads is looked at with
 * each dial.
 *
 * trust: somebody typed it. `URL` of the platform has read it: what is checked here is what is dialled.
 */
export function receiverProblem(url: URL): string | null {
  if (url.protocol !== "https:") return "Only https is sent to.";
  if (url.username !== "" || url.password !== "")
    return "An address with a user or a password in it would be kept and shown. The signature says who sends.";
  if (url.hash !== "") return "An address of a receiver has no fragment (#…).";
  // The platform writes every notation of an IPv4 address as four numbers, and IPv6 in brackets.
  if (/^\[|^\d+\.\d+\.\d+\.\d+$/.test(url.hostname))
    return "Name the host: an address of numbers has no certificate to be verified by.";
  if (url.hostname.endsWith(".")) return "Write the host without a dot at its end.";
  return null;
}

/** As pages and the log show it: what stands behind a question mark may be a key of the receiver's. */
export function shownReceiver({ host, pathname, search }: URL): string {
  return `https://${host}${pathname}${search === "" ? "" : "?…"}`;
}

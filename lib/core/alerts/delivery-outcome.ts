/** How an attempt ended, and why a message waits no more. */
export const deliveryOutcomes = {
  delivered: "It was taken.",
  refused: "The receiver answered with a status that is no success.",
  redirected:
    "The receiver answered with a redirect. Redirects are not followed: enter the address they lead to.",
  timeout: "The receiver did not answer within the time limit.",
  unknown_host: "The name of the receiver could not be looked up.",
  address_refused:
    "The name leads to an address that is not public. An operator can allow a receiver in the house by name.",
  unreachable: "No connection to the receiver could be made.",
  tls: "The receiver's certificate could not be verified.",
  closed: "The connection ended before there was an answer.",
  mail_refused: "The mail server refused the message.",
  mail_failed: "The mail server could not be reached, or did not let us in.",
  mail_unset: "The operator has set up no mail server.",
  no_secret: "The secret could not be opened. Rotate it.",
  paused: "The destination was paused before it was sent.",
  removed: "The destination was removed before it was sent.",
} as const;

export type DeliveryOutcome = keyof typeof deliveryOutcomes;

export function isDeliveryOutcome(text: string): text is DeliveryOutcome {
  return Object.hasOwn(deliveryOutcomes, text);
}

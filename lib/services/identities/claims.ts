/** What an ID token says, whose signature, audience, time and nonce were checked. */
export type IdentityClaims = {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  /** When he last showed the provider who he is; null: it does not say. */
  readonly shownAt: Date | null;
};

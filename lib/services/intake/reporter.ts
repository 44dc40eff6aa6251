/** For whom is reported: what the key says. */
export type Reporter = {
  readonly tenantId: string;
  readonly applicationId: string;
  /** null: a person of the tenant imports. */
  readonly keyId: string | null;
};

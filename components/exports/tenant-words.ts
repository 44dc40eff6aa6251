/** Whose rows a file holds. */
export function tenantWords(tenant: string | null | undefined): string {
  return tenant ?? "Every tenant you are a member of";
}

/**
 * Lines of one batch that ask for the same: counted, never kept. Of one part of a file, no endpoint and no model also
 * stand for the lines that were cut or could not be read: either way nobody knows what they ask for.
 */
export type BatchLineGroup = {
  /** Catalog path of the endpoint; null when the catalog has no row for it. */
  readonly endpoint: string | null;
  readonly model: string | null;
  /** Catalog feature ids that these lines make available, sorted. */
  readonly features: readonly string[];
  readonly count: number;
};

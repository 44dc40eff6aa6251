/** Work that many wait for, one after the other. What fails for one keeps none behind it waiting. */
export type Turns = {
  /** Does it for each that has not failed before; never throws. `of`: whose it is. True where it was done for all of them. */
  each<T>(
    items: Iterable<T>,
    of: (item: T) => string,
    action: (item: T) => Promise<unknown>,
  ): Promise<boolean>;
  /** Throws, where anybody's failed, saying whose: all the others have had their turn. */
  end(): void;
};

export function createTurns(): Turns {
  const failed = new Map<string, unknown>();
  return {
    async each(items, of, action) {
      let all = true;
      for (const item of items) {
        const whose = of(item);
        try {
          if (!failed.has(whose)) await action(item);
        } catch (error) {
          failed.set(whose, error);
        }
        all &&= !failed.has(whose);
      }
      return all;
    },
    end() {
      const [first] = failed;
      if (!first) return;
      const [whose, cause] = first;
      const others = failed.size > 1 ? ` and ${failed.size - 1} more` : "";
      throw new Error(`It failed for ${whose}${others}; the others were done.`, { cause });
    },
  };
}

/** The same thing for each tenant, in turn. */
export async function forEachTenant(
  tenantIds: Iterable<string>,
  action: (tenantId: string) => Promise<unknown>,
): Promise<void> {
  const turns = createTurns();
  await turns.each(tenantIds, (tenantId) => tenantId, action);
  turns.end();
}

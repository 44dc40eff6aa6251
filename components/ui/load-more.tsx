import { Button } from "./button.tsx";

/** What TanStack Query says of a list that comes in pages. */
export type PagedList = {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  fetchNextPage(): unknown;
};

/** Fetches the next page of a list, again where it failed. Nothing where all of it is there. */
export function LoadMore({ list, word = "Load more" }: { list: PagedList; word?: string }) {
  if (!list.hasNextPage) return null;
  return (
    <Button disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()} size="sm">
      {list.isFetchingNextPage ? "Reading" : list.isFetchNextPageError ? "Try again" : word}
    </Button>
  );
}
